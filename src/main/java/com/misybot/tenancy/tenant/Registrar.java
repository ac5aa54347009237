package com.misybot.tenancy.tenant;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes tenants that are not stored yet, one or many, and says which names they need. */
@Component
class Registrar {

    private static final Set<TenantStatus> ON_ARRIVAL =
            EnumSet.of(TenantStatus.ACTIVE, TenantStatus.SUSPENDED, TenantStatus.DEACTIVATED);

    private final TenantRules rules;
    private final SiteIds siteIds;
    private final OriginLimit origins;

    Registrar(TenantRules rules, SiteIds siteIds, OriginLimit origins) {
        this.rules = rules;
        this.siteIds = siteIds;
        this.origins = origins;
    }

    /**
     * The tenant that this becomes, in service as it was before, by the rules and within the reach of who asked.
     *
     * @throws ProblemException where a rule refuses it
     */
    Tenant arrived(Arrival arrival, Reach reach, Cause cause, Instant now) {
        var status = status(arrival);
        var reason = reason(status, arrival.statusReason(), cause);
        return tenant(arrival.registration(), Standing.first(status, reason, now), reach, cause, now);
    }

    /**
     * The tenant that this becomes, which nothing is set up for yet.
     *
     * @throws ProblemException where a rule refuses it
     */
    Tenant fresh(Registration registration, Reach reach, Cause cause, Instant now) {
        return tenant(registration, Standing.first(TenantStatus.PROVISIONING, null, now), reach, cause, now);
    }

    private Tenant tenant(Registration registration, Standing standing, Reach reach, Cause cause, Instant now) {
        rules.requireRegistrable(registration, standing.status(), now);
        var tenant = Tenant.register(
                UuidCreator.getTimeOrderedEpoch(),
                registration.tenantId(),
                registration.siteId() == null ? siteIds.next() : registration.siteId(),
                registration.profile(),
                standing,
                cause,
                now);
        tenant.requireWithin(reach);
        origins.require(tenant, 0);
        return tenant;
    }

    /** Every name it needs. */
    List<NameClaims.Claim> names(Tenant tenant) {
        var names = new ArrayList<NameClaims.Claim>();
        names.add(new NameClaims.Claim(NameClaims.Kind.TENANT, tenant.tenantId().value(), tenant.id()));
        names.add(new NameClaims.Claim(NameClaims.Kind.SITE, tenant.siteId().value(), tenant.id()));
        var external = tenant.profile().externalId();
        if (external != null) {
            names.add(new NameClaims.Claim(NameClaims.Kind.EXTERNAL, SearchKeys.fold(external), tenant.id()));
        }
        return names;
    }

    private static TenantStatus status(Arrival arrival) {
        var status = Objects.requireNonNullElse(arrival.status(), TenantStatus.ACTIVE);
        if (!ON_ARRIVAL.contains(status)) {
            throw ProblemException.invalid(
                    "/status", FieldError.ENUM, "A tenant arrives ACTIVE, SUSPENDED or DEACTIVATED.");
        }
        return status;
    }

    private static @Nullable String reason(TenantStatus status, @Nullable String told, Cause cause) {
        var reason = told == null ? cause.reason() : told;
        if (reason == null && status != TenantStatus.ACTIVE) {
            throw new ProblemException(
                    WebProblem.REASON_REQUIRED,
                    "Say why the tenant is " + status + ": in statusReason, or for all of them in X-Reason.");
        }
        return reason;
    }
}
