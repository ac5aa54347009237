package com.misybot.tenancy.tenant.plan;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A scope of access that a plan may add to what a tenant's secret has by itself. A closed list: nothing that changes permissions,
 * plan, region, status, limits, origins, secrets, webhooks, policies or holds, and nothing that exports is ever among them.
 */
public enum SecretScope {
    ACCESS_EVALUATE("access:evaluate"),
    AUDIT_READ("audit:read"),
    EVENTS_READ("events:read"),
    KEYS_USE("keys:use"),
    OPERATIONS_READ("operations:read"),
    SESSIONS_READ("sessions:read");

    private final String word;

    SecretScope(String word) {
        this.word = word;
    }

    /** The scope with this name. */
    static SecretScope of(String word) {
        for (var scope : values()) {
            if (scope.word.equals(word)) {
                return scope;
            }
        }
        throw new IllegalArgumentException("No plan adds the scope " + word);
    }

    @Override
    @JsonValue
    public String toString() {
        return word;
    }
}
