package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/** The limits of single tenants: what they have, what they override, and what a change of their plan brings. */
@Service
public class TenantLimits {

    private final ScopedTransactions transactions;
    private final TenantRepository tenants;
    private final EntityManager entities;
    private final Plans plans;
    private final LimitJson json;
    private final ChangeTelling changes;
    private final ObjectProvider<LimitUsage> usages;
    private final Clock clock;

    TenantLimits(
            ScopedTransactions transactions,
            TenantRepository tenants,
            EntityManager entities,
            Plans plans,
            LimitJson json,
            ChangeTelling changes,
            ObjectProvider<LimitUsage> usages,
            Clock clock) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.entities = entities;
        this.plans = plans;
        this.json = json;
        this.changes = changes;
        this.usages = usages;
        this.clock = clock;
    }

    /**
     * The limits of a tenant and where they come from.
     *
     * @param plan what its plan gives
     * @param overrides what it has instead
     * @param effective what holds
     */
    public record Sources(Limits plan, LimitOverrides overrides, Limits effective) {}

    /** The limits of a tenant as it was read, by its plan as that is now. */
    public Sources of(Tenant tenant) {
        var overrides = json.overrides(tenant.limitOverrides());
        var given = transactions.read(
                Scope.platform(), () -> plans.presentLimits(tenant.profile().plan()));
        var plan = Objects.requireNonNull(given, "The plan of a tenant exists");
        return new Sources(plan, overrides, plan.with(overrides));
    }

    /** What holds for a tenant by these limits of a plan. */
    public Limits over(Limits plan, Tenant tenant) {
        return plan.with(json.overrides(tenant.limitOverrides()));
    }

    /** How much of its limits a tenant uses, by their names; a limit is missing where nobody can tell now. */
    public SortedMap<String, Long> usage(UUID id) {
        var used = new TreeMap<String, Long>();
        usages.forEach(usage -> usage.used(id).ifPresent(number -> used.put(usage.limit(), number)));
        return used;
    }

    /**
     * Replaces what a tenant overrides. Refuses by the form of {@code next} (400), by the version, which {@code check} looks at
     * (412), by the state (409).
     */
    public Tenant override(UUID id, Function<Tenant, LimitOverrides> next, Consumer<Tenant> check, Cause cause) {
        return transactions.change(Scope.tenant(id), () -> {
            var tenant = tenants.findById(id).orElseThrow();
            var wanted = next.apply(tenant);
            check.accept(tenant);
            var before = json.overrides(tenant.limitOverrides());
            if (!wanted.equals(before)) {
                var now = clock.instant();
                tenant.overrideLimits(json.text(wanted), cause, now);
                entities.flush();
                var fields = new TreeMap<>(Map.of("limitOverrides", Difference.of(before, wanted)));
                changes.tell(tenant, TenantChanges.LIMITS_CHANGED, fields, cause, now);
            }
            return tenant;
        });
    }

    /**
     * Raises the version of a tenant's context because its plan has changed, unless that was done for this version or the tenant
     * has left the plan.
     *
     * @param plan which one
     * @param version the plan's since the change
     * @param fields what changed of the plan
     * @return whether there was something to do
     */
    public boolean planChanged(UUID id, String plan, long version, SortedMap<String, Difference> fields, Cause cause) {
        return transactions.change(Scope.tenant(id), () -> {
            var tenant = tenants.findById(id).orElseThrow();
            if (!tenant.takeUp(plan, version)) {
                return false;
            }
            entities.flush();
            changes.tellOf(tenant, TenantChanges.LIMITS_CHANGED, plan, fields, cause, clock.instant());
            return true;
        });
    }
}
