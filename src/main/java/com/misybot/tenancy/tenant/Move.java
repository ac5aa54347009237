package com.misybot.tenancy.tenant;

import java.util.Locale;

/** What a caller may ask of a tenant's life. */
enum Move {
    PROVISION,
    RETRY,
    ABORT,
    ACTIVATE,
    SUSPEND,
    RESUME,
    DEACTIVATE,
    DELETE,
    RESTORE;

    /** As it stands in paths and in {@code allowed} of a refusal. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
