package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.profile.Profile;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The rules beyond form: which names are reserved, and which plans, regions and permissions there are. */
@Component
class TenantRules {

    /** Every literal that stands, or may come to stand, beside {@code {tenantId}} in a path. */
    private static final Set<String> WORDS_OF_THE_API =
            Set.of("batch", "bulk", "count", "export", "import", "me", "operations", "search", "self", "stream");

    private final TenantSettings settings;
    private final Plans plans;

    TenantRules(TenantSettings settings, Plans plans) {
        this.settings = settings;
        this.plans = plans;
    }

    /** The time of a tenant that arrives suspended or deactivated may be over already. */
    void requireRegistrable(Registration registration, TenantStatus status, Instant now) {
        requireFree(registration.tenantId());
        requireKnown(registration.profile(), null);
        if (status == TenantStatus.ACTIVE || status == TenantStatus.PROVISIONING) {
            requireLater("/activeUntil", registration.profile().activeUntil(), now);
        }
    }

    /** What a tenant already has stays acceptable when the configuration no longer offers it. */
    void requireAcceptable(Profile next, Profile before, Instant now) {
        requireKnown(next, before);
        if (next.activeUntil() != null && !next.activeUntil().equals(before.activeUntil())) {
            requireLater("/activeUntil", next.activeUntil(), now);
        }
    }

    static void requireLater(String pointer, @Nullable Instant when, Instant now) {
        if (when != null && !when.isAfter(now)) {
            throw TenantProblem.of(TenantProblem.INSTANT_PASSED, pointer, "This instant has passed: give a later one.");
        }
    }

    private void requireFree(TenantId tenantId) {
        if (WORDS_OF_THE_API.contains(tenantId.value())
                || settings.reservedNames().contains(tenantId.value())) {
            throw TenantProblem.of(
                    TenantProblem.NAME_RESERVED, "/tenantId", "This tenantId is a reserved word: choose another one.");
        }
    }

    private void requireKnown(Profile next, @Nullable Profile before) {
        if ((before == null || !next.plan().equals(before.plan())) && !plans.exists(next.plan())) {
            throw TenantProblem.planUnknown();
        }
        if ((before == null || !next.region().equals(before.region()))
                && !settings.regions().contains(next.region())) {
            throw TenantProblem.of(
                    TenantProblem.REGION_UNKNOWN,
                    "/region",
                    "There is no such region: use one of " + settings.regions() + ".");
        }
        for (var permission : next.permissions()) {
            if (!settings.permissions().contains(permission)
                    && (before == null || !before.permissions().contains(permission))) {
                throw TenantProblem.permissionUnknown(permission);
            }
        }
    }
}
