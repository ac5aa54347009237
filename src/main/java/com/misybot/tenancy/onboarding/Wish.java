package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.kernel.Origin;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.profile.PlanId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is applied for.
 *
 * @param organisation what the business is called, canonical
 * @param tenantId the slug it wants; null leaves it to us
 * @param origins which pages shall talk for it; the first one is proven
 * @param plan what it wants to get; null leaves it to us
 */
public record Wish(
        String organisation,
        @Nullable TenantId tenantId,
        List<Origin> origins,
        @Nullable PlanId plan) {

    /** Most origins of one application, as many as a tenant may have. */
    public static final int MOST_ORIGINS = 50;

    public Wish {
        origins = List.copyOf(origins);
        if (origins.isEmpty() || origins.size() > MOST_ORIGINS) {
            throw new IllegalArgumentException("An application names 1 to " + MOST_ORIGINS + " origins");
        }
    }

    /** The same with the plan that an invitation gives, where it gives one. */
    Wish with(@Nullable PlanId given) {
        return given == null ? this : new Wish(organisation, tenantId, origins, given);
    }

    /** The origin that is proven. */
    public Origin proven() {
        return origins.getFirst();
    }

    /** Whether the proof of the first origin's host is one for all of them. */
    public boolean isOfOneHost() {
        return origins.stream().allMatch(origin -> origin.host().equals(proven().host()));
    }
}
