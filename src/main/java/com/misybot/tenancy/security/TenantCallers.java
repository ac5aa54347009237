package com.misybot.tenancy.security;

import com.misybot.tenancy.credential.SecretCheck;
import com.misybot.tenancy.credential.VerifiedSecret;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.security.access.Accepted;
import com.misybot.tenancy.security.access.AccessScope;
import com.misybot.tenancy.security.access.Authority;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Tenants as callers, with one of their secrets. A tenant reaches itself and nobody else. Its plan adds scopes of a closed list:
 * a plan that names another one (what a tenant gets, its secrets, webhooks, policies, holds) does not give it.
 */
@Component
class TenantCallers {

    private static final Set<AccessScope> EVERY_TENANT = EnumSet.of(
            AccessScope.TENANTS_READ,
            AccessScope.CONTEXT_READ,
            AccessScope.SESSIONS_WRITE,
            AccessScope.DOCUMENTS_READ,
            AccessScope.DOCUMENTS_WRITE);

    private static final Set<AccessScope> BY_PLAN = EnumSet.of(
            AccessScope.SESSIONS_READ,
            AccessScope.AUDIT_READ,
            AccessScope.EVENTS_READ,
            AccessScope.OPERATIONS_READ,
            AccessScope.KEYS_USE,
            AccessScope.ACCESS_EVALUATE);

    private final SecretCheck secrets;

    TenantCallers(SecretCheck secrets) {
        this.secrets = secrets;
    }

    /** The tenant whose secret this is; empty where it is refused, whatever for. Not to be remembered: see {@link SecretCheck}. */
    Optional<Accepted> with(Token token) {
        return secrets.check(token).map(TenantCallers::accepted);
    }

    private static Accepted accepted(VerifiedSecret secret) {
        var scopes = scopes(secret.planScopes());
        var reach = new Reach(Set.of(secret.tenantId()), Map.of(), Set.of(), Set.of());
        var actor = new Actor(Actor.Kind.TENANT, secret.tenant().toString());
        return new Accepted(
                new Caller(actor, AccessScope.words(scopes), reach, Set.of(), secret.secretId()),
                new Authority(scopes, reach, List.of()),
                null);
    }

    static Set<AccessScope> scopes(Set<String> ofPlan) {
        var scopes = EnumSet.copyOf(EVERY_TENANT);
        ofPlan.stream()
                .map(AccessScope::of)
                .flatMap(Optional::stream)
                .filter(BY_PLAN::contains)
                .forEach(scopes::add);
        return scopes;
    }
}
