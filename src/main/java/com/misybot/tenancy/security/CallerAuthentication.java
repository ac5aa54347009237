package com.misybot.tenancy.security;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.security.access.Accepted;
import com.misybot.tenancy.security.access.Authority;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * A caller as Spring Security knows it. Carries no credential and cannot be changed.
 *
 * @param caller whom it is
 * @param authority all that it is trusted with
 */
record CallerAuthentication(Caller caller, Authority authority) implements Authentication {

    private static final long serialVersionUID = 1L;

    static CallerAuthentication of(Accepted accepted) {
        return new CallerAuthentication(accepted.caller(), accepted.authority());
    }

    @Override
    public String getName() {
        return caller.actor().toString();
    }

    @Override
    public Object getPrincipal() {
        return caller;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public @Nullable Object getDetails() {
        return null;
    }

    @Override
    public List<GrantedAuthority> getAuthorities() {
        return List.of();
    }

    @Override
    public boolean isAuthenticated() {
        return true;
    }

    @Override
    public void setAuthenticated(boolean authenticated) {
        throw new IllegalArgumentException("A caller is authenticated, or there is no caller");
    }
}
