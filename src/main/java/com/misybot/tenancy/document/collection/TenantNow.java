package com.misybot.tenancy.document.collection;

import com.misybot.tenancy.document.DeclaredCollection;
import com.misybot.tenancy.document.DocumentProblem;
import com.misybot.tenancy.tenant.Limits;
import com.misybot.tenancy.tenant.TenantStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as it is while a request is served.
 *
 * @param now by the clock of PostgreSQL, for all that ends
 * @param row the collection that was asked for, one that is being dropped as well
 */
record TenantNow(
        UUID tenant,
        TenantStatus status,
        Limits limits,
        Instant now,
        @Nullable DeclaredCollection row) {

    /** The collection, where it exists for its caller. */
    @Nullable
    DeclaredCollection present() {
        return row == null || row.dropping() ? null : row;
    }

    DeclaredCollection collection() {
        var present = present();
        if (present == null) {
            throw DocumentProblem.unknownCollection();
        }
        return present;
    }

    /** Whether the tenant is there for those who ask for its documents; those who read the registry see it longer. */
    boolean isThere() {
        return switch (status) {
            case PENDING_DELETION, PURGING, PURGED -> false;
            case PENDING, PROVISIONING, PROVISIONING_FAILED, ACTIVE, SUSPENDED, DEACTIVATED -> true;
        };
    }

    void requireWritable() {
        if (status != TenantStatus.ACTIVE) {
            throw DocumentProblem.readOnly();
        }
    }
}
