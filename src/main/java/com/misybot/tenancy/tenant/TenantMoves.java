package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.web.Causes;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Moves a tenant as one of many: who is there already is left as it is, and what would come of a move can be asked before. */
@Service
public class TenantMoves {

    private final ScopedTransactions transactions;
    private final TenantRepository tenants;
    private final TenantService service;
    private final TenantRules rules;
    private final EntityManager entities;
    private final Clock clock;

    TenantMoves(
            ScopedTransactions transactions,
            TenantRepository tenants,
            TenantService service,
            TenantRules rules,
            EntityManager entities,
            Clock clock) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.service = service;
        this.rules = rules;
        this.entities = entities;
        this.clock = clock;
    }

    /**
     * What came of a move, or would.
     *
     * @param before what the tenant was
     * @param after what it is; the same where it was there already
     */
    public record Moved(TenantStatus before, TenantStatus after) {}

    /**
     * Refuses what no tenant could be moved with.
     *
     * @throws com.misybot.tenancy.web.ProblemException 422 {@code reason_required}, {@code instant_passed}
     */
    public void requireAcceptable(ServiceMove move, @Nullable Instant until, Cause cause) {
        if (move.isReasonRequired()) {
            Causes.required(cause);
        }
        TenantRules.requireLater("/until", until, clock.instant());
    }

    /**
     * Moves a tenant, in a transaction of its scope, or in the one there is.
     *
     * @param until when a suspension ends by itself
     * @param reach of who asked for it; it may have got out of it since
     * @throws com.misybot.tenancy.web.ProblemException 404 {@code unknown_tenant} where it is out of reach, and what the move itself refuses
     */
    public Moved move(UUID id, ServiceMove move, @Nullable Instant until, Reach reach, Cause cause) {
        return transactions.change(Scope.tenant(id), () -> {
            var before = within(reach, id).standing().status();
            if (before == move.target()) {
                return new Moved(before, before);
            }
            Consumer<Tenant> asItIs = _ -> {};
            var moved = switch (move) {
                case SUSPEND -> service.suspend(id, asItIs, until, cause);
                case RESUME -> service.resume(id, asItIs, cause);
                case ACTIVATE -> service.activate(id, asItIs, cause);
                case DEACTIVATE -> service.deactivate(id, asItIs, cause);
            };
            return new Moved(before, moved.standing().status());
        });
    }

    /** Says what {@link #move} would do now, and does nothing. Refuses as that does. */
    public Moved preview(UUID id, ServiceMove move, @Nullable Instant until, Reach reach, Cause cause) {
        return transactions.read(Scope.tenant(id), () -> {
            var tenant = within(reach, id);
            entities.detach(tenant);
            var before = tenant.standing().status();
            if (before != move.target()) {
                move.apply(tenant, until, cause, clock.instant());
            }
            return new Moved(before, tenant.standing().status());
        });
    }

    /** A tenant as it is, in a transaction of its scope. */
    public Tenant present(UUID id) {
        return tenants.findById(id).orElseThrow();
    }

    /**
     * A tenant as it would be with another plan; nothing is changed. Joins a transaction in its scope, and refuses as
     * {@link TenantService#replace} does.
     */
    public Tenant previewPlan(UUID id, String plan, Consumer<Tenant> check, Reach reach, Cause cause) {
        var tenant = present(id);
        entities.detach(tenant);
        check.accept(tenant);
        var now = clock.instant();
        var before = tenant.profile();
        var after = before.withPlan(plan);
        tenant.replace(after, cause, now);
        tenant.requireWithin(reach);
        rules.requireAcceptable(after, before, now);
        return tenant;
    }

    private Tenant within(Reach reach, UUID id) {
        var tenant = tenants.findById(id).orElseThrow();
        if (!tenant.isWithin(reach)) {
            throw TenantProblem.unknown(tenant.tenantId());
        }
        return tenant;
    }
}
