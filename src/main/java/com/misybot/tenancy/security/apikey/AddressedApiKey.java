package com.misybot.tenancy.security.apikey;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.web.AddressedResource;
import java.util.List;
import org.springframework.stereotype.Component;

/** Whether the key in a path exists, told only to callers who may see keys. */
@Component
class AddressedApiKey implements AddressedResource {

    private final ApiKeys keys;

    AddressedApiKey(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public boolean isMissing(Caller caller, List<String> path) {
        return path.size() > 1
                && path.getFirst().equals("api-keys")
                && !path.get(1).equals("count")
                && caller.scopes().contains(ApiKeyController.SCOPE)
                && !keys.exists(path.get(1), caller.reach());
    }
}
