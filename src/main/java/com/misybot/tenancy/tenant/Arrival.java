package com.misybot.tenancy.tenant;

import org.jspecify.annotations.Nullable;

/**
 * A tenant that comes from another system, or from an export of this one.
 *
 * @param registration what it is to be
 * @param status the state it had there; absent means ACTIVE for one that is new here, and nothing for one that exists
 * @param statusReason why it is in that state
 * @param legacySecret what it authenticates with until it gets a secret of this system
 */
public record Arrival(
        Registration registration,
        @Nullable TenantStatus status,
        @Nullable String statusReason,
        @Nullable LegacySecretHash legacySecret) {

    /** The one form in which externalIds are compared. */
    public static String fold(String externalId) {
        return SearchKeys.fold(externalId);
    }
}
