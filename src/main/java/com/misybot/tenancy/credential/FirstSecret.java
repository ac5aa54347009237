package com.misybot.tenancy.credential;

import com.misybot.tenancy.lifecycle.OnRegistration;
import org.springframework.stereotype.Component;

/** Gives a tenant its first secret when it is registered, unless its caller wants none. */
@Component
class FirstSecret implements OnRegistration {

    private final TenantSecrets secrets;

    FirstSecret(TenantSecrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public Part registered(Registered tenant) {
        return tenant.issueSecret() ? Part.of(secrets.first(tenant.id(), tenant.cause())) : Part.QUIET;
    }
}
