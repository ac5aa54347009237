package com.misybot.tenancy.tenant.transfer;

import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.Arrival;
import com.misybot.tenancy.tenant.BulkRegistration;
import com.misybot.tenancy.tenant.Failures;
import com.misybot.tenancy.tenant.Tenant;
import com.misybot.tenancy.tenant.TenantProblem;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.tenant.transfer.ImportResult.Status;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Does the lines of one import, chunk by chunk, as if they were done one after the other: of two that want one name, the first
 * gets it. Lines that share no name are done together.
 */
final class ChunkImport {

    private final TenantService tenants;
    private final BulkRegistration registration;
    private final TenantRevision revision;
    private final ImportOrder order;
    private final DryRun dryRun;

    ChunkImport(
            TenantService tenants,
            BulkRegistration registration,
            ScopedTransactions transactions,
            ImportOrder order,
            FileNames names) {
        this.tenants = tenants;
        this.registration = registration;
        this.revision = new TenantRevision(tenants, transactions, order);
        this.order = order;
        this.dryRun = new DryRun(names, order);
    }

    /** Does a chunk; never raises because of a line. */
    List<ImportResult> run(List<NumberedLine> lines) {
        var results = new @Nullable ImportResult[lines.size()];
        List<Wanted> open = new ArrayList<>();
        for (var i = 0; i < results.length; i++) {
            var line = lines.get(i).line();
            if (line.arrival() == null) {
                results[i] = new ImportResult(lines.get(i).number(), Status.REFUSED, line.tenantId(), line.problem());
            } else {
                open.add(new Wanted(i, lines.get(i).number(), line.arrival()));
            }
        }
        while (!open.isEmpty()) {
            var wave = new ArrayList<Wanted>();
            var later = new ArrayList<Wanted>();
            Set<String> names = new HashSet<>();
            for (var wanted : open) {
                var its = DryRun.names(wanted.arrival);
                (Collections.disjoint(names, its) ? wave : later).add(wanted);
                names.addAll(its);
            }
            doTogether(wave, results);
            open = later;
        }
        return java.util.Arrays.stream(results).map(Objects::requireNonNull).toList();
    }

    private void doTogether(List<Wanted> wave, @Nullable ImportResult[] results) {
        try {
            for (var wanted : wave) {
                results[wanted.place] = dryRun.inFile(wanted.number, wanted.arrival);
            }
            var losers = create(revise(undone(wave, results), results), results);
            // somebody else was faster to create them: now they exist, or a name is taken for good
            revise(losers, results);
        } catch (RuntimeException e) {
            var problem = Failures.problem(e);
            undone(wave, results).forEach(wanted -> results[wanted.place] = wanted.refused(problem));
        }
    }

    private static List<Wanted> undone(List<Wanted> wave, @Nullable ImportResult[] results) {
        return wave.stream().filter(wanted -> results[wanted.place] == null).toList();
    }

    /** Replaces those that exist; answers the others. */
    private List<Wanted> revise(List<Wanted> wave, @Nullable ImportResult[] results) {
        if (!order.upsert() || wave.isEmpty()) {
            return wave;
        }
        Map<TenantId, Tenant> existing =
                tenants.findAll(wave.stream().map(Wanted::tenantId).toList(), order.reach());
        var others = new ArrayList<Wanted>();
        for (var wanted : wave) {
            var tenant = existing.get(wanted.tenantId());
            if (tenant == null) {
                others.add(wanted);
            } else {
                results[wanted.place] = remembered(wanted, revision.revise(wanted.number, wanted.arrival, tenant));
            }
        }
        return others;
    }

    /** Creates; answers those whose tenantId somebody has, where that calls for another look. */
    private List<Wanted> create(List<Wanted> wave, @Nullable ImportResult[] results) {
        if (wave.isEmpty()) {
            return wave;
        }
        var problems = registration.register(
                wave.stream().map(Wanted::arrival).toList(), order.reach(), order.cause(), order.dryRun());
        var losers = new ArrayList<Wanted>();
        for (var i = 0; i < wave.size(); i++) {
            var wanted = wave.get(i);
            var problem = problems.get(i);
            results[wanted.place] = problem == null
                    ? remembered(
                            wanted,
                            new ImportResult(
                                    wanted.number,
                                    dryRun.created(wanted.arrival),
                                    wanted.tenantId().value(),
                                    null))
                    : wanted.refused(problem);
            if (order.upsert() && problem != null && isTenantIdTaken(problem)) {
                losers.add(wanted);
            }
        }
        return losers;
    }

    private ImportResult remembered(Wanted wanted, ImportResult result) {
        try {
            dryRun.remember(wanted.arrival, result.status());
            return result;
        } catch (ProblemException full) {
            return wanted.refused(full.problem());
        }
    }

    private static boolean isTenantIdTaken(Problem problem) {
        return problem.errors().stream()
                .anyMatch(error ->
                        error.pointer().equals("/tenantId") && error.code().equals(TenantProblem.NAME_TAKEN.code()));
    }

    /**
     * A line that is still to be done.
     *
     * @param place in its chunk
     */
    private record Wanted(int place, long number, Arrival arrival) {

        TenantId tenantId() {
            return arrival.registration().tenantId();
        }

        ImportResult refused(Problem problem) {
            return new ImportResult(number, Status.REFUSED, tenantId().value(), problem);
        }
    }
}
