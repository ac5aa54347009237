package com.misybot.tenancy.tenant.plan;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.OperationOrder;
import com.misybot.tenancy.operation.Operations;
import com.misybot.tenancy.tenant.TenantProblem;
import com.misybot.tenancy.tenant.TenantSettings;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;

/**
 * Makes, changes and deletes plans. All of it happens among the platform's own rows, one change after the other. A plan out of
 * the caller's reach does not exist for that caller, and nobody changes a plan that tenants out of reach may have.
 */
@Service
public class PlanService {

    /** What can happen to a plan, as {@link Change#type()} tells it; the subject is the plan. */
    public static final String CREATED = "plan.created";

    public static final String UPDATED = "plan.updated";
    public static final String DELETED = "plan.deleted";

    /** Literals that stand beside {@code {planId}} in a path. */
    private static final Set<String> WORDS_OF_THE_API = Set.of("count");

    private final PlanRows rows;
    private final TenantSettings settings;
    private final ScopedTransactions transactions;
    private final Operations operations;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    PlanService(
            PlanRows rows,
            TenantSettings settings,
            ScopedTransactions transactions,
            Operations operations,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.settings = settings;
        this.transactions = transactions;
        this.operations = operations;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A plan after a change.
     *
     * @param plan as it is now
     * @param operation what brings the change to the tenants that have it; null where it concerns none of their contexts
     */
    public record Changed(Plan plan, @Nullable UUID operation) {}

    public Plan create(String id, Plan.Terms terms, Reach reach, Cause cause) {
        return transactions.change(Scope.platformRows(), () -> {
            requireWhole(id, reach);
            if (WORDS_OF_THE_API.contains(id)) {
                throw new ProblemException(
                        PlanProblem.PLAN_RESERVED,
                        "This id is a reserved word: choose another one.",
                        List.of(new FieldError("/id", PlanProblem.PLAN_RESERVED.code(), "Choose another id.")));
            }
            requireKnown(terms.permissions(), List.of());
            var now = clock.instant();
            var plan = Plan.first(id, terms, cause, now);
            if (!rows.insert(plan)) {
                throw TenantProblem.taken("id");
            }
            publish(CREATED, id, terms.changedFrom(null), cause, now);
            return plan;
        });
    }

    /**
     * Replaces what a client may change of a plan. Refuses by the form of {@code next} (400), by the version, which {@code check}
     * looks at (412), by rules (422).
     */
    public Changed change(String id, Function<Plan, Plan.Terms> next, Consumer<Plan> check, Reach reach, Cause cause) {
        return transactions.change(Scope.platformRows(), () -> {
            var before = find(id, reach);
            requireWhole(id, reach);
            var terms = next.apply(before);
            check.accept(before);
            requireKnown(terms.permissions(), before.terms().permissions());
            var fields = terms.changedFrom(before.terms());
            if (fields.isEmpty()) {
                return new Changed(before, null);
            }
            var now = clock.instant();
            var after = before.with(terms, cause, now);
            rows.update(after);
            publish(UPDATED, id, fields, cause, now);
            return new Changed(
                    after, Collections.disjoint(fields.keySet(), Plan.SERVED) ? null : apply(after, fields, cause));
        });
    }

    /** Deletes a plan that no tenant has. */
    public void delete(String id, Consumer<Plan> check, Reach reach, Cause cause) {
        transactions.change(Scope.platformRows(), () -> {
            var plan = find(id, reach);
            requireWhole(id, reach);
            check.accept(plan);
            if (id.equals(Plan.DEFAULT)) {
                throw PlanProblem.inUse("A tenant that names no plan gets this one: it stays.");
            }
            try {
                rows.delete(id);
            } catch (DataIntegrityViolationException e) {
                throw PlanProblem.inUse("Tenants have this plan: give them another one first.");
            }
            publish(DELETED, id, Collections.emptySortedMap(), cause, clock.instant());
            return null;
        });
    }

    public Plan read(String id, Reach reach) {
        return transactions.read(Scope.platform(), () -> find(id, reach));
    }

    /**
     * Plans in an order.
     *
     * @param after what {@link PlanSort#cursor} told of the last plan before; null to begin with the first
     */
    public List<Plan> list(Reach reach, PlanSort by, boolean descending, @Nullable List<String> after, int limit) {
        var position = after == null ? null : new PlanRows.Position(Instant.parse(after.getFirst()), after.getLast());
        return transactions.read(Scope.platform(), () -> rows.list(reach.plans(), by, descending, position, limit));
    }

    public long count(Reach reach) {
        return transactions.read(Scope.platform(), () -> rows.count(reach.plans()));
    }

    private UUID apply(Plan plan, SortedMap<String, Difference> fields, Cause cause) {
        var order = OperationOrder.of(PlanApply.KIND, Scope.platformRows(), null, cause.actor())
                .with(new PlanApply.Input(plan.id(), plan.version(), fields, cause));
        return operations.start(order).id();
    }

    private Plan find(String id, Reach reach) {
        return rows.find(id, reach.plans()).orElseThrow(PlanProblem::unknown);
    }

    /** Who sees some of the tenants that have it must not change what the others get. */
    private static void requireWhole(String id, Reach reach) {
        var all = reach.tenants().isEmpty()
                && reach.labels().isEmpty()
                && reach.regions().isEmpty();
        if (!all || !(reach.plans().isEmpty() || reach.plans().contains(id))) {
            throw PlanProblem.outOfReach();
        }
    }

    /** What a plan already has stays acceptable when the configuration no longer offers it. */
    private void requireKnown(List<String> permissions, List<String> before) {
        for (var permission : permissions) {
            if (!settings.permissions().contains(permission) && !before.contains(permission)) {
                throw TenantProblem.permissionUnknown(permission);
            }
        }
    }

    private void publish(String type, String id, SortedMap<String, Difference> fields, Cause cause, Instant at) {
        events.publishEvent(new Change(UuidCreator.getTimeOrderedEpoch(), Scope.NIL, type, id, fields, cause, at));
    }
}
