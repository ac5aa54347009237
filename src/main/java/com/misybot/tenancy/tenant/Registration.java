package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.profile.Profile;
import org.jspecify.annotations.Nullable;

/**
 * A tenant to be.
 *
 * @param tenantId its slug, not reserved
 * @param siteId its public key; generated where absent
 * @param profile the rest
 */
public record Registration(TenantId tenantId, @Nullable SiteId siteId, Profile profile) {}
