package com.misybot.tenancy.tenant.plan;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.tenant.Limits;
import com.misybot.tenancy.tenant.TemplateCollections;
import com.misybot.tenancy.tenant.Tenant;
import com.misybot.tenancy.tenant.TenantLimits;
import com.misybot.tenancy.tenant.TenantMoves;
import com.misybot.tenancy.tenant.TenantProblem;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.ETags;
import com.misybot.tenancy.web.IfMatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Moves a tenant to another plan, or says what that would change. */
@Service
public class PlanMoves {

    private final ScopedTransactions transactions;
    private final TenantService tenants;
    private final TenantMoves moves;
    private final TenantLimits limits;
    private final TemplateCollections collections;
    private final PlanRows rows;

    PlanMoves(
            ScopedTransactions transactions,
            TenantService tenants,
            TenantMoves moves,
            TenantLimits limits,
            TemplateCollections collections,
            PlanRows rows) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.moves = moves;
        this.limits = limits;
        this.collections = collections;
        this.rows = rows;
    }

    /**
     * What changes.
     *
     * @param before the plan the tenant has
     * @param after the plan it gets
     * @param version that of the tenant, after the move where there is one
     * @param limitsBefore what holds, by the plan and the tenant's own
     * @param limitsAfter what will
     * @param permissionsGained what only the new plan gives
     * @param permissionsLost what only the old plan gives
     * @param scopesGained the same of scopes of secrets
     * @param scopesLost the same of scopes of secrets
     * @param collections those of the template that the tenant has not
     * @param over limits that it is beyond then
     */
    public record Preview(
            String before,
            String after,
            long version,
            Limits limitsBefore,
            Limits limitsAfter,
            List<String> permissionsGained,
            List<String> permissionsLost,
            List<String> scopesGained,
            List<String> scopesLost,
            List<String> collections,
            List<Over> over) {}

    /**
     * A limit that a tenant is beyond: it keeps what it has, and gets no more.
     *
     * @param limit its name
     * @param value what it may have
     * @param used what it has
     */
    public record Over(String limit, long value, long used) {}

    /**
     * Says what {@link #move} would change now, and changes nothing. Refuses as that does.
     */
    public Preview preview(
            UUID id, String plan, @Nullable IfMatch ifMatch, Map<String, Long> used, Reach reach, Cause cause) {
        return transactions.read(Scope.tenant(id), () -> {
            var before = plan(moves.present(id).profile().plan());
            var tenant = moves.previewPlan(id, plan, check(ifMatch), reach, cause);
            var after = plan(plan);
            var most = limits.over(after.terms().limits(), tenant).collections();
            var made = collections.missing(id, after.terms().template(), most);
            var version = moves.present(id).revision().version();
            return preview(before, after, tenant, version, made, used);
        });
    }

    /**
     * Moves a tenant: its profile, and the collections of the template, in one transaction. A tenant that has the plan already gets what
     * it lacks of the template.
     *
     * @param used how much of its limits it uses, asked for before
     * @throws com.misybot.tenancy.web.ProblemException 412 {@code stale_version}, 403 {@code out_of_reach}, 409
     *     {@code illegal_transition} and {@code quota_exceeded}, 422 {@code plan_unknown}
     */
    public Preview move(
            UUID id, String plan, @Nullable IfMatch ifMatch, Map<String, Long> used, Reach reach, Cause cause) {
        return transactions.change(Scope.tenant(id), () -> {
            var before = plan(moves.present(id).profile().plan());
            var tenant = tenants.replace(id, present -> present.profile().withPlan(plan), check(ifMatch), reach, cause);
            var after = plan(plan);
            var made = collections.make(id, after.terms().template(), cause);
            return preview(before, after, tenant, tenant.revision().version(), made, used);
        });
    }

    private Preview preview(
            Plan before, Plan after, Tenant tenant, long version, List<String> made, Map<String, Long> used) {
        var now = before.terms();
        var then = after.terms();
        var limitsAfter = limits.over(then.limits(), tenant);
        return new Preview(
                before.id(),
                after.id(),
                version,
                limits.over(now.limits(), tenant),
                limitsAfter,
                without(then.permissions(), now.permissions(), tenant.profile().permissions()),
                without(now.permissions(), then.permissions(), tenant.profile().permissions()),
                without(names(then.secretScopes()), names(now.secretScopes()), List.of()),
                without(names(now.secretScopes()), names(then.secretScopes()), List.of()),
                made,
                over(limitsAfter, used, made.size()));
    }

    private static List<Over> over(Limits limits, Map<String, Long> used, int made) {
        var over = new ArrayList<Over>();
        used.forEach((limit, number) -> {
            var most = most(limits, limit);
            var has = limit.equals("collections") ? number + made : number;
            if (most != null && has > most) {
                over.add(new Over(limit, most, has));
            }
        });
        return over;
    }

    private static @Nullable Long most(Limits limits, String limit) {
        return switch (limit) {
            case "origins" -> (long) limits.origins();
            case "sessions" -> (long) limits.sessions();
            case "collections" -> (long) limits.collections();
            case "documents" -> limits.documents();
            case "documentBytes" -> limits.documentBytes();
            default -> null;
        };
    }

    /** A plan as it is; 422 where there is none. */
    private Plan plan(String id) {
        return rows.find(id, Set.of()).orElseThrow(TenantProblem::planUnknown);
    }

    private static Consumer<Tenant> check(@Nullable IfMatch ifMatch) {
        return tenant -> ETags.requireMatch(ifMatch, tenant.revision().version());
    }

    private static List<String> names(Collection<SecretScope> scopes) {
        return scopes.stream().map(SecretScope::toString).toList();
    }

    private static List<String> without(Collection<String> some, Collection<String> others, Collection<String> own) {
        var left = new TreeSet<>(some);
        left.removeAll(others);
        left.removeAll(own);
        return List.copyOf(left);
    }
}
