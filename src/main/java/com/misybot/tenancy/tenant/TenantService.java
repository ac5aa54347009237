package com.misybot.tenancy.tenant;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.profile.Profile;
import com.misybot.tenancy.web.ProblemException;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Registers tenants, changes them and moves them through their lives. Every method runs in one transaction, publishes one
 * {@link Change} in it where something changed, and leaves the follow-up of time to {@link Deadlines}.
 */
@Service
public class TenantService {

    private final ScopedTransactions transactions;
    private final TenantRepository tenants;
    private final EntityManager entities;
    private final NameClaims names;
    private final SiteIds siteIds;
    private final TenantRules rules;
    private final Deadlines deadlines;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    TenantService(
            ScopedTransactions transactions,
            TenantRepository tenants,
            EntityManager entities,
            NameClaims names,
            SiteIds siteIds,
            TenantRules rules,
            Deadlines deadlines,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.entities = entities;
        this.names = names;
        this.siteIds = siteIds;
        this.rules = rules;
        this.deadlines = deadlines;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Registers a tenant, {@code ACTIVE} at once until provisioning exists. */
    public Tenant register(Registration registration, Reach reach, Cause cause) {
        return transactions.change(Scope.platform(), () -> {
            var now = clock.instant();
            rules.requireRegistrable(registration, now);
            var id = UuidCreator.getTimeOrderedEpoch();
            var siteId = registration.siteId() == null ? siteIds.next() : registration.siteId();
            names.claim(NameClaims.Kind.TENANT, registration.tenantId().value(), id);
            names.claim(NameClaims.Kind.SITE, siteId.value(), id);
            claimExternal(registration.profile(), id);
            var tenant = Tenant.register(id, registration.tenantId(), siteId, registration.profile(), cause, now);
            requireWithin(reach, tenant);
            entities.persist(tenant);
            entities.flush();
            publish(tenant, TenantChanges.CREATED, new TreeSet<>(), cause, now);
            return tenant;
        });
    }

    /**
     * The tenant with this slug.
     *
     * @throws com.misybot.tenancy.web.ProblemException 404 {@code unknown_tenant} where there is none within reach
     */
    public Tenant find(TenantId tenantId, Reach reach) {
        return transactions.read(
                Scope.platform(),
                () -> tenants.findBySlug(tenantId.value())
                        .filter(tenant -> tenant.isWithin(reach))
                        .orElseThrow(() -> TenantProblem.unknown(tenantId)));
    }

    /** Replaces what a client may set, after {@code check} has let the present state pass. */
    public Tenant replace(UUID id, Consumer<Tenant> check, Function<Tenant, Profile> next, Reach reach, Cause cause) {
        return change(
                id,
                tenant -> {
                    check.accept(tenant);
                    var now = clock.instant();
                    var before = tenant.profile();
                    var after = next.apply(tenant);
                    rules.requireAcceptable(after, before, now);
                    var changed = tenant.replace(after, cause, now);
                    requireWithin(reach, tenant);
                    if (changed.contains("externalId")) {
                        releaseExternal(before, id);
                        claimExternal(after, id);
                    }
                    return changed.isEmpty() ? null : new Told(TenantChanges.UPDATED, changed);
                },
                cause);
    }

    public Tenant suspend(UUID id, Consumer<Tenant> check, @Nullable Instant until, Cause cause) {
        return move(
                id,
                check,
                TenantChanges.SUSPENDED,
                (tenant, now) -> {
                    rules.requireLater("/until", until, now);
                    tenant.suspend(until, cause, now);
                },
                cause);
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

    /** Does what time has brought for a tenant: see {@link Tenant#meetDeadline}. */
    Tenant meetDeadline(UUID id, Cause cause) {
        return change(
                id,
                tenant -> {
                    var suspended = tenant.standing().status() == TenantStatus.SUSPENDED;
                    var done = tenant.meetDeadline(cause, clock.instant());
                    return done ? Told.status(suspended ? TenantChanges.RESUMED : TenantChanges.SUSPENDED) : null;
                },
                cause);
    }

    private Tenant move(UUID id, Consumer<Tenant> check, String type, BiConsumer<Tenant, Instant> move, Cause cause) {
        return change(
                id,
                tenant -> {
                    check.accept(tenant);
                    move.accept(tenant, clock.instant());
                    return Told.status(type);
                },
                cause);
    }

    private Tenant change(UUID id, Function<Tenant, @Nullable Told> work, Cause cause) {
        return transactions.change(Scope.tenant(id), () -> {
            var tenant = tenants.findById(id).orElseThrow();
            var told = work.apply(tenant);
            if (told != null) {
                entities.flush();
                publish(tenant, told.type, told.fields, cause, tenant.revision().updatedAt());
            }
            return tenant;
        });
    }

    /** Whoever could not see a tenant cannot make it, nor make it one of those. */
    private static void requireWithin(Reach reach, Tenant tenant) {
        if (!tenant.isWithin(reach)) {
            throw new ProblemException(
                    TenantProblem.OUT_OF_REACH,
                    "This key is limited to other tenants: their list, labels, plan or region.");
        }
    }

    private void publish(Tenant tenant, String type, SortedSet<String> fields, Cause cause, Instant now) {
        var change = new Change(
                UuidCreator.getTimeOrderedEpoch(),
                tenant.id(),
                type,
                tenant.tenantId().value(),
                fields,
                cause,
                now);
        deadlines.schedule(tenant, change.id());
        publisher.publishEvent(change);
    }

    private void claimExternal(Profile profile, UUID id) {
        if (profile.externalId() != null) {
            names.claim(NameClaims.Kind.EXTERNAL, SearchKeys.fold(profile.externalId()), id);
        }
    }

    private void releaseExternal(Profile profile, UUID id) {
        if (profile.externalId() != null) {
            names.release(NameClaims.Kind.EXTERNAL, SearchKeys.fold(profile.externalId()), id);
        }
    }

    private record Told(String type, SortedSet<String> fields) {

        static Told status(String type) {
            return new Told(type, new TreeSet<>(Set.of("status")));
        }
    }
}
