package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.profile.Profile;
import com.misybot.tenancy.web.ETags;
import com.misybot.tenancy.web.IfMatch;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Finds tenants, changes them and moves them through their lives. Every change runs in one transaction, publishes one
 * {@link com.misybot.tenancy.kernel.Change} in it where something changed, and leaves the follow-up of time to {@link Deadlines}.
 */
@Service
public class TenantService {

    private final ScopedTransactions transactions;
    private final TenantRepository tenants;
    private final EntityManager entities;
    private final NameClaims names;
    private final TenantRules rules;
    private final OriginLimit origins;
    private final ChangeTelling changes;
    private final Clock clock;

    TenantService(
            ScopedTransactions transactions,
            TenantRepository tenants,
            EntityManager entities,
            NameClaims names,
            TenantRules rules,
            OriginLimit origins,
            ChangeTelling changes,
            Clock clock) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.entities = entities;
        this.names = names;
        this.rules = rules;
        this.origins = origins;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * The tenant with this slug.
     *
     * @throws com.misybot.tenancy.web.ProblemException 404 {@code unknown_tenant} where there is none within reach
     */
    public Tenant find(TenantId tenantId, Reach reach) {
        var found = transactions.read(
                Scope.platform(),
                () -> tenants.findBySlug(tenantId.value())
                        .filter(tenant -> tenant.isWithin(reach))
                        .orElseThrow(() -> TenantProblem.unknown(tenantId)));
        LogContext.tenant(found.tenantId());
        return found;
    }

    /**
     * The UUID of the tenant with this slug, for modules that work in its scope.
     *
     * @throws com.misybot.tenancy.web.ProblemException 404 {@code unknown_tenant} where there is none within reach
     */
    public UUID idOf(TenantId tenantId, Reach reach) {
        return find(tenantId, reach).id();
    }

    /**
     * Refuses what is done beside a tenant on another version of it than it has now.
     *
     * @param ifMatch what the request said of the tenant, if anything
     * @throws com.misybot.tenancy.web.ProblemException 412 {@code stale_version}
     */
    public void requireVersion(UUID id, @Nullable IfMatch ifMatch) {
        if (ifMatch != null) {
            ETags.requireMatch(
                    ifMatch,
                    transactions
                            .read(Scope.tenant(id), () -> tenants.findById(id).orElseThrow())
                            .revision()
                            .version());
        }
    }

    /** Those of these tenants that exist within reach, by their slugs. */
    public Map<TenantId, Tenant> findAll(Collection<TenantId> tenantIds, Reach reach) {
        return transactions.read(
                Scope.platform(),
                () -> tenants
                        .findBySlugs(tenantIds.stream().map(TenantId::value).toArray(String[]::new))
                        .stream()
                        .filter(tenant -> tenant.isWithin(reach))
                        .collect(Collectors.toMap(Tenant::tenantId, tenant -> tenant)));
    }

    /**
     * Replaces what a client may set. Refuses in the order of the contract: by the form of {@code next} (400), by the version,
     * which {@code check} looks at (412), by state and names (409), by rules (422). What was refused is rolled back.
     */
    public Tenant replace(UUID id, Function<Tenant, Profile> next, Consumer<Tenant> check, Reach reach, Cause cause) {
        return change(
                id,
                tenant -> {
                    var after = next.apply(tenant);
                    check.accept(tenant);
                    var now = clock.instant();
                    var before = tenant.profile();
                    var changed = tenant.replace(after, cause, now);
                    tenant.requireWithin(reach);
                    origins.require(tenant, before.allowedOrigins().size());
                    if (changed.containsKey("externalId")) {
                        releaseExternal(before, id);
                        claimExternal(after, id);
                    }
                    rules.requireAcceptable(after, before, now);
                    return changed.isEmpty() ? null : new Told(TenantChanges.UPDATED, changed, null);
                },
                cause);
    }

    public Tenant suspend(UUID id, Consumer<Tenant> check, @Nullable Instant until, Cause cause) {
        return move(id, check, TenantChanges.SUSPENDED, (tenant, now) -> tenant.suspend(until, cause, now), cause);
    }

    public Tenant resume(UUID id, Consumer<Tenant> check, Cause cause) {
        return move(id, check, TenantChanges.RESUMED, (tenant, now) -> tenant.resume(cause, now), cause);
    }

    public Tenant activate(UUID id, Consumer<Tenant> check, Cause cause) {
        return move(id, check, TenantChanges.ACTIVATED, (tenant, now) -> tenant.activate(cause, now), cause);
    }

    public Tenant deactivate(UUID id, Consumer<Tenant> check, Cause cause) {
        return move(id, check, TenantChanges.DEACTIVATED, (tenant, now) -> tenant.deactivate(cause, now), cause);
    }

    /** Schedules the erasure of a tenant {@code purgeAfter} from now, undone by {@link #restore} until then. */
    public Tenant delete(UUID id, Consumer<Tenant> check, Duration purgeAfter, Cause cause) {
        return move(
                id,
                check,
                TenantChanges.DELETION_SCHEDULED,
                (tenant, now) -> tenant.delete(purgeAfter, cause, now),
                cause);
    }

    public Tenant restore(UUID id, Consumer<Tenant> check, Cause cause) {
        return move(id, check, TenantChanges.RESTORED, (tenant, now) -> tenant.restore(cause, now), cause);
    }

    /**
     * Ends all sessions of a tenant by raising its epoch. The version of the tenant stays, that of its context does not.
     *
     * @return the version that its context has now
     * @throws com.misybot.tenancy.web.ProblemException 409 {@code illegal_transition} where it is being purged
     */
    public long endSessions(UUID id, Cause cause) {
        var ended = change(
                id,
                tenant -> {
                    var before = tenant.standing();
                    tenant.endSessions();
                    return new Told(
                            TenantChanges.SESSIONS_ENDED, tenant.standing().changedFrom(before), clock.instant());
                },
                cause);
        return ended.revision().contextVersion();
    }

    /** Does what time has brought for a tenant, by the clock that its job was due by: see {@link Tenant#meetDeadline}. */
    Tenant meetDeadline(UUID id, Cause cause) {
        return change(
                id,
                tenant -> {
                    LogContext.tenant(tenant.tenantId());
                    var before = tenant.standing();
                    if (!tenant.meetDeadline(cause, transactions.now())) {
                        return null;
                    }
                    var suspended = before.status() == TenantStatus.SUSPENDED;
                    return Told.moved(suspended ? TenantChanges.RESUMED : TenantChanges.SUSPENDED, tenant, before);
                },
                cause);
    }

    private Tenant move(UUID id, Consumer<Tenant> check, String type, BiConsumer<Tenant, Instant> move, Cause cause) {
        return change(
                id,
                tenant -> {
                    check.accept(tenant);
                    var before = tenant.standing();
                    move.accept(tenant, clock.instant());
                    return Told.moved(type, tenant, before);
                },
                cause);
    }

    private Tenant change(UUID id, Function<Tenant, @Nullable Told> work, Cause cause) {
        return transactions.change(Scope.tenant(id), () -> {
            var tenant = tenants.findById(id).orElseThrow();
            var originsBefore = tenant.profile().allowedOrigins().size();
            var told = work.apply(tenant);
            if (told != null) {
                Failures.flush(entities);
                var at = told.at == null ? tenant.revision().updatedAt() : told.at;
                changes.tell(tenant, told.type, told.fields, cause, at);
                origins.tellWhereNear(tenant, originsBefore, cause, at);
            }
            return tenant;
        });
    }

    private void claimExternal(Profile profile, UUID id) {
        if (profile.externalId() != null) {
            var name = SearchKeys.fold(profile.externalId());
            names.claim(List.of(new NameClaims.Claim(NameClaims.Kind.EXTERNAL, name, id)));
        }
    }

    private void releaseExternal(Profile profile, UUID id) {
        if (profile.externalId() != null) {
            names.release(NameClaims.Kind.EXTERNAL, SearchKeys.fold(profile.externalId()), id);
        }
    }

    /** What to tell of a change; without {@code at}, that it happened when the tenant was last changed. */
    private record Told(
            String type,
            SortedMap<String, Difference> fields,
            @Nullable Instant at) {

        static Told moved(String type, Tenant tenant, Standing before) {
            return new Told(type, tenant.standing().movedFrom(before), null);
        }
    }
}
