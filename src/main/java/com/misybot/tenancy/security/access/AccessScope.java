package com.misybot.tenancy.security.access;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a caller may do: a closed list. */
public enum AccessScope {
    TENANTS_READ("tenants:read"),
    TENANTS_WRITE("tenants:write"),
    TENANTS_LIFECYCLE("tenants:lifecycle"),
    TENANTS_DELETE("tenants:delete"),
    TENANTS_IMPORT("tenants:import"),
    PLANS_WRITE("plans:write"),
    SECRETS_WRITE("secrets:write"),
    SECRETS_VERIFY("secrets:verify"),
    CONTEXT_READ("context:read"),
    CONTEXT_ASSERT("context:assert"),
    SESSIONS_READ("sessions:read"),
    SESSIONS_WRITE("sessions:write"),
    DOCUMENTS_READ("documents:read"),
    DOCUMENTS_WRITE("documents:write"),
    NAMESPACES_WRITE("namespaces:write"),
    AUDIT_READ("audit:read"),
    EVENTS_READ("events:read"),
    WEBHOOKS_WRITE("webhooks:write"),
    OPERATIONS_READ("operations:read"),
    OPERATIONS_WRITE("operations:write"),
    ONBOARDING_REVIEW("onboarding:review"),
    KEYS_USE("keys:use"),
    KEYS_MANAGE("keys:manage"),
    POLICIES_WRITE("policies:write"),
    ACCESS_EVALUATE("access:evaluate"),
    RETENTION_WRITE("retention:write"),
    HOLDS_WRITE("holds:write"),
    HOLDS_RELEASE("holds:release"),
    ERASE("erase"),
    APIKEYS_WRITE("apikeys:write"),
    ISOLATION_RUN("isolation:run"),
    PLATFORM_METRICS("platform:metrics");

    private static final Map<String, AccessScope> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(AccessScope::toString, Function.identity()));

    private final String word;

    AccessScope(String word) {
        this.word = word;
    }

    /** The scope with this name, such as {@code tenants:read}; empty where there is none. */
    public static Optional<AccessScope> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    /** Every scope there is. */
    public static Set<AccessScope> all() {
        return EnumSet.allOf(AccessScope.class);
    }

    /** The names of scopes, as a caller carries them. */
    public static Set<String> words(Set<AccessScope> scopes) {
        return scopes.stream().map(AccessScope::toString).collect(Collectors.toUnmodifiableSet());
    }

    /** Its name in keys, rules and documents. */
    @Override
    @JsonValue
    public String toString() {
        return word;
    }
}
