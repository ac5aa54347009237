package com.misybot.tenancy.context.limit;

import com.misybot.tenancy.tenant.Limits;

/** What is done for a tenant and counted by the second. */
public enum Rate {
    RESOLVE,
    INTROSPECT,
    VERIFY;

    /** How much of it the tenant may have in a second, of all instances together. */
    public int perSecond(Limits limits) {
        return switch (this) {
            case RESOLVE -> limits.resolvesPerSecond();
            case INTROSPECT -> limits.introspectionsPerSecond();
            case VERIFY -> limits.verificationsPerSecond();
        };
    }

    /** How it is called in keys, headers and metrics. */
    String word() {
        return switch (this) {
            case RESOLVE -> "resolve";
            case INTROSPECT -> "introspect";
            case VERIFY -> "verify";
        };
    }
}
