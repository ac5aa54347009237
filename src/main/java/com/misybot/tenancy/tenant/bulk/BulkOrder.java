package com.misybot.tenancy.tenant.bulk;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.tenant.ServiceMove;
import com.misybot.tenancy.tenant.TenantSelection.ReachWords;
import com.misybot.tenancy.tenant.find.TenantFilter;
import com.misybot.tenancy.tenant.find.TenantSweep.Those;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a move of many tenants is ordered with, kept with its operation.
 *
 * @param move which move
 * @param filter which tenants
 * @param reach of who asked, when it asked
 * @param by those that had been registered by then
 * @param until when a suspension ends by itself
 * @param dryRun whether nothing is to be changed
 * @param cause who asked, and why
 */
public record BulkOrder(
        ServiceMove move,
        TenantFilter filter,
        ReachWords reach,
        Instant by,
        @Nullable Instant until,
        boolean dryRun,
        Cause cause) {

    Those those() {
        return new Those(filter, reach.toReach(), by);
    }
}
