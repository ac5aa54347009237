package com.misybot.tenancy.security.apikey;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.web.AddressedResource;
import java.util.List;
import org.springframework.stereotype.Component;

/** The key in a path, looked for on behalf of callers who may see keys. */
@Component
class AddressedApiKey implements AddressedResource {

    private final ApiKeys keys;

    AddressedApiKey(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public void require(Caller caller, List<String> path) {
        if (path.size() > 1
                && path.getFirst().equals("api-keys")
                && !path.get(1).equals("count")
                && caller.scopes().contains(ApiKeyController.SCOPE)) {
            keys.read(path.get(1), caller.reach());
        }
    }
}
