package com.misybot.tenancy.credential;

import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A secret that is accepted, and the active tenant that it proves.
 *
 * @param tenant its UUID
 * @param tenantId its slug
 * @param secretId which of its secrets
 * @param expiresAt from when on the secret is refused, if ever
 * @param labels the platform's own words about the tenant
 * @param plan what the tenant gets
 * @param region where its data lives
 * @param planScopes scopes of access that the plan gives beside the usual ones, as the plan has them
 * @param verificationsPerSecond how many checks of its secrets the tenant may have
 */
public record VerifiedSecret(
        UUID tenant,
        TenantId tenantId,
        String secretId,
        @Nullable Instant expiresAt,
        Map<String, String> labels,
        String plan,
        String region,
        Set<String> planScopes,
        int verificationsPerSecond) {

    public VerifiedSecret {
        labels = Map.copyOf(labels);
        planScopes = Set.copyOf(planScopes);
    }

    /** Whether a caller with this reach may know of the tenant. */
    public boolean isWithin(Reach reach) {
        return reach.covers(tenantId, labels, plan, region);
    }
}
