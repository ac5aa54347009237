package com.misybot.tenancy.audit.attempt;

import com.misybot.tenancy.audit.Notes;
import com.misybot.tenancy.kernel.Attempt;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.Tally;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Brings attempts to their trails. A caller who may see the tenant is told of on the tenant's trail; one who may not is counted on the
 * platform's, so that nobody can write on the trail of another tenant, nor hold its lock.
 */
@Component
class AttemptWriter {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptWriter.class);

    private final TenantService tenants;
    private final Notes notes;
    private final Tally tally;
    private final Clock clock;

    AttemptWriter(TenantService tenants, Notes notes, Tally tally, Clock clock) {
        this.tenants = tenants;
        this.notes = notes;
        this.tally = tally;
        this.clock = clock;
    }

    /**
     * Writes what it can.
     *
     * @return those that could not be written now, because the database does not answer
     */
    List<Attempt> write(List<Attempt> attempts) {
        var left = new ArrayList<Attempt>();
        var byTrail = new LinkedHashMap<UUID, List<Attempt>>();
        for (var attempt : attempts) {
            try {
                var trail = trail(attempt);
                if (trail.isEmpty()) {
                    tally.count(null, attempt.cause().actor(), attempt.action() + " " + attempt.code());
                } else {
                    byTrail.computeIfAbsent(trail.get(), _ -> new ArrayList<>()).add(attempt);
                }
            } catch (DataAccessException | TransactionException e) {
                LOG.debug("An attempt waits for the database", e);
                left.add(attempt);
            }
        }
        byTrail.forEach((trail, some) -> {
            if (!tried("attempts", () -> notes.attempts(trail, some))) {
                left.addAll(some);
            }
        });
        return left;
    }

    /** Says on the platform's trail that attempts were lost. */
    boolean lost(long number) {
        return tried(
                "that attempts were lost",
                () -> notes.note(
                        Scope.NIL, "audit.attempts_lost", "attempts", Map.of("lost", number), clock.instant()));
    }

    /**
     * Says what was counted.
     *
     * @param tenantId whose trail says so; "" for the platform's own, which says it of tenants too that are no longer there
     * @return whether it could be said
     */
    boolean summary(String tenantId, Map<String, Long> told, Duration during) {
        var members = Map.of("counts", told, "seconds", during.toSeconds());
        return tried(
                "a summary", () -> notes.note(trail(tenantId), "audit.summary", "requests", members, clock.instant()));
    }

    private UUID trail(String tenantId) {
        try {
            return tenantId.isEmpty() ? Scope.NIL : tenants.idOf(new TenantId(tenantId), Reach.all());
        } catch (ProblemException gone) {
            return Scope.NIL;
        }
    }

    private Optional<UUID> trail(Attempt attempt) {
        if (attempt.tenant() == null) {
            return Optional.of(Scope.NIL);
        }
        try {
            return Optional.of(tenants.idOf(attempt.tenant(), attempt.reach()));
        } catch (ProblemException outOfReach) {
            return Optional.empty();
        }
    }

    private static boolean tried(String what, Runnable work) {
        try {
            work.run();
            return true;
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("The trail does not take {} now: {}", what, e.getMessage());
            return false;
        }
    }
}
