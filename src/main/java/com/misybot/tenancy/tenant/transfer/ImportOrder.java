package com.misybot.tenancy.tenant.transfer;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Reach;

/**
 * How to import.
 *
 * @param upsert whether a tenant that exists is replaced; else it is refused
 * @param dryRun whether nothing is kept
 * @param reach which tenants the caller may touch
 * @param cause who imports, and why
 */
public record ImportOrder(boolean upsert, boolean dryRun, Reach reach, Cause cause) {}
