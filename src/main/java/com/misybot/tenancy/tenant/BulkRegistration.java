package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Registers many tenants in one transaction, as {@link TenantRegistration#register} does one: the same rules, the same names, a
 * {@link com.misybot.tenancy.kernel.Change} each. They are in service elsewhere and stay so: nothing is provisioned, and what a run would
 * set up is there at its first use. Who cannot be registered is refused alone; the others are.
 */
@Service
public class BulkRegistration {

    /** Most tenants of one transaction: a tenth of a second, far below the 30 s that it may take. */
    public static final int MOST = 500;

    private final ScopedTransactions transactions;
    private final Registrar registrar;
    private final NameClaims names;
    private final NewTenants rows;
    private final OriginLimit origins;
    private final ChangeTelling changes;
    private final Clock clock;

    BulkRegistration(
            ScopedTransactions transactions,
            Registrar registrar,
            NameClaims names,
            NewTenants rows,
            OriginLimit origins,
            ChangeTelling changes,
            Clock clock) {
        this.transactions = transactions;
        this.registrar = registrar;
        this.names = names;
        this.rows = rows;
        this.origins = origins;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Registers tenants, no two of which ask for the same name.
     *
     * @param arrivals at most {@link #MOST}
     * @param rehearsal whether all is done and then undone
     * @return for each of them, in their order, why it was refused; null where it is registered
     */
    public List<@Nullable Problem> register(List<Arrival> arrivals, Reach reach, Cause cause, boolean rehearsal) {
        List<@Nullable Problem> refusals = new ArrayList<>();
        arrivals.forEach(_ -> refusals.add(null));
        var batch = new Batch(arrivals, reach, cause, rehearsal, refusals);
        register(batch, IntStream.range(0, arrivals.size()).boxed().toList());
        return refusals;
    }

    private void register(Batch batch, List<Integer> places) {
        var open = places;
        while (!open.isEmpty()) {
            var tried = open;
            try {
                transactions.change(Scope.platform(), () -> insert(batch, tried));
                return;
            } catch (Undone undone) {
                if (undone.rehearsed) {
                    return;
                }
                // a name that is taken stays taken: nothing is in the way of the others
                open = open.stream()
                        .filter(place -> batch.refusals.get(place) == null)
                        .toList();
            } catch (RuntimeException e) {
                if (open.size() == 1) {
                    var place = open.getFirst();
                    batch.refusals.set(place, LogContext.about(batch.tenantId(place), () -> Failures.problem(e)));
                    return;
                }
                if (Failures.pass(e)) {
                    var problem = Failures.problem(e);
                    open.forEach(place -> batch.refusals.set(place, problem));
                    return;
                }
                // one of them is at fault: the smaller the company, the clearer which
                register(batch, open.subList(0, open.size() / 2));
                open = open.subList(open.size() / 2, open.size());
            }
        }
    }

    private @Nullable Void insert(Batch batch, List<Integer> places) {
        var now = clock.instant();
        Map<UUID, Integer> placeOf = new HashMap<>();
        var tenants = new ArrayList<Tenant>();
        var claims = new ArrayList<NameClaims.Claim>();
        var secrets = new HashMap<UUID, LegacySecretHash>();
        for (var place : places) {
            var arrival = batch.arrivals.get(place);
            try {
                var tenant = registrar.arrived(arrival, batch.reach, batch.cause, now);
                tenants.add(tenant);
                placeOf.put(tenant.id(), place);
                claims.addAll(registrar.names(tenant));
                if (arrival.legacySecret() != null) {
                    secrets.put(tenant.id(), arrival.legacySecret());
                }
            } catch (ProblemException refused) {
                batch.refusals.set(place, refused.problem());
            }
        }
        var taken = names.claimAll(claims);
        if (!taken.isEmpty()) {
            for (var claim : taken.reversed()) {
                batch.refusals.set(
                        Objects.requireNonNull(placeOf.get(claim.tenant())),
                        TenantProblem.taken(claim.kind().field()).problem());
            }
            throw new Undone(false);
        }
        rows.insert(tenants);
        rows.insert(secrets, now);
        for (var tenant : tenants) {
            changes.tell(tenant, TenantChanges.CREATED, tenant.whole(), batch.cause, now);
            origins.tellWhereNear(tenant, 0, batch.cause, now);
        }
        if (batch.rehearsal) {
            throw new Undone(true);
        }
        return null;
    }

    private record Batch(
            List<Arrival> arrivals, Reach reach, Cause cause, boolean rehearsal, List<@Nullable Problem> refusals) {

        TenantId tenantId(int place) {
            return arrivals.get(place).registration().tenantId();
        }
    }

    /** Rolls the transaction back although nothing failed. */
    private static final class Undone extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final boolean rehearsed;

        Undone(boolean rehearsed) {
            super(null, null, false, false);
            this.rehearsed = rehearsed;
        }
    }
}
