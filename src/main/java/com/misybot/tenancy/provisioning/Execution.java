package com.misybot.tenancy.provisioning;

import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.lifecycle.ProvisioningStep;
import com.misybot.tenancy.lifecycle.ProvisioningStep.Outcome;
import com.misybot.tenancy.lifecycle.ProvisioningStep.Provisioned;
import com.misybot.tenancy.operation.OperationRun;
import com.misybot.tenancy.operation.job.JobInterrupted;
import com.misybot.tenancy.operation.job.JobPostponed;
import com.misybot.tenancy.tenant.TenantProvisioning;
import com.misybot.tenancy.web.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One owner's work on a run, from where the journal says it is: forward through the steps, or backward where one has failed for good.
 *
 * <p>Steps that stand in PostgreSQL alone are done in the transaction of their entry, as many as stand next to each other; where one of
 * them refuses, the transaction is undone and they are done one by one. A step that reaches elsewhere is done between two entries,
 * and the second of them is the one that goes on with what comes next.
 */
final class Execution {

    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);
    private static final String UNEXPECTED = "The attempt failed for a reason that the log of the service tells.";

    private final Journal journal;
    private final Plan plan;
    private final TenantId tenantId;
    private final TenantProvisioning tenants;
    private final OperationRun operation;
    private final ProvisioningSettings settings;
    private final RandomGenerator chance;
    private final Clock clock;

    /** Whether each step gets a transaction of its own, because one of several has refused. */
    private boolean oneByOne;

    Execution(
            Journal journal,
            Plan plan,
            TenantId tenantId,
            TenantProvisioning tenants,
            OperationRun operation,
            ProvisioningSettings settings,
            RandomGenerator chance,
            Clock clock) {
        this.journal = journal;
        this.plan = plan;
        this.tenantId = tenantId;
        this.tenants = tenants;
        this.operation = operation;
        this.settings = settings;
        this.chance = chance;
        this.clock = clock;
    }

    /**
     * Goes on until the run has ended.
     *
     * @throws JobPostponed where a step has to wait
     * @throws JobInterrupted where another owner goes on
     */
    ProvisioningRun toItsEnd() {
        var run = entry(this::forward);
        while (!run.state().hasEnded()) {
            operation.steps(plan.report(run));
            run = switch (run.state()) {
                case COMPENSATING -> backward(run);
                default -> elsewhere(run);
            };
        }
        operation.steps(plan.report(run));
        return run;
    }

    /** Writes an entry; where a step in it refuses, what comes of that instead. */
    private ProvisioningRun entry(Function<ProvisioningRun, ProvisioningRun> work) {
        while (true) {
            try {
                return journal.write(work::apply);
            } catch (Refused refused) {
                operation.checkpoint();
                if (oneByOne) {
                    return refused(refused);
                }
                oneByOne = true;
            }
        }
    }

    /** Does what is next as far as it stands in PostgreSQL, and begins what does not; in the transaction of an entry. */
    private ProvisioningRun forward(ProvisioningRun present) {
        if (present.state() == RunState.COMPENSATING) {
            return present;
        }
        var now = clock.instant();
        var abort = present.abort();
        if (abort != null) {
            return present.compensating(
                    "Aborted" + (abort.reason() == null ? " by an operator." : ": " + abort.reason()), now);
        }
        if (operation.attempt() > settings.restarts() + 1) {
            return present.compensating(
                    "The run was begun " + operation.attempt() + " times in a row and came no further.", now);
        }
        var run = present.running(now);
        for (var step : plan.steps()) {
            if (run.isCompleted(step.name())) {
                continue;
            }
            run = run.attempting(step.name(), plan.position(step), now);
            if (!step.recorded()) {
                return run;
            }
            requireDone(step, attempt(step, run, ProvisioningStep::run));
            run = run.ended(step.name(), RunStep.State.COMPLETED, null, clock.instant());
            if (oneByOne && !step.name().equals(Activation.NAME)) {
                return run;
            }
        }
        return run.succeeded(clock.instant());
    }

    /** Does the step that has begun outside of PostgreSQL, and writes what came of it. */
    private ProvisioningRun elsewhere(ProvisioningRun run) {
        var step = plan.steps().stream()
                .filter(one -> !run.isCompleted(one.name()))
                .findFirst()
                .orElseThrow();
        if (step.recorded()) {
            return entry(this::forward);
        }
        var outcome = attempt(step, run, ProvisioningStep::run);
        operation.checkpoint();
        return switch (outcome) {
            case Outcome.Completed _ ->
                entry(present -> forward(completed(present, step.name(), RunStep.State.COMPLETED)));
            case Outcome.Retry _, Outcome.Failed _ -> refused(new Refused(step, outcome, null));
        };
    }

    private ProvisioningRun completed(ProvisioningRun present, String step, RunStep.State how) {
        return present.ended(step, how, null, clock.instant());
    }

    /** Undoes the last step that is not undone yet; after the first one the run has failed. */
    private ProvisioningRun backward(ProvisioningRun run) {
        var last = run.nextToUndo();
        if (last.isEmpty()) {
            return journal.write(present -> {
                tenants.fail(present.tenant(), reason(present), Activation.CAUSE);
                return present.failed(clock.instant());
            });
        }
        var name = last.get().name();
        var found = plan.step(name);
        if (found.isEmpty()) {
            return journal.write(present -> present.ended(
                    name, RunStep.State.LEFT, "This version of the service has no such step.", clock.instant()));
        }
        var step = found.get();
        oneByOne = true;
        if (step.recorded()) {
            return entry(present -> {
                var undoing = undoing(present, name);
                requireDone(step, attempt(step, undoing, ProvisioningStep::compensate));
                return completed(undoing, name, RunStep.State.COMPENSATED);
            });
        }
        var undoing = journal.write(present -> undoing(present, name));
        var outcome = attempt(step, undoing, ProvisioningStep::compensate);
        operation.checkpoint();
        return outcome instanceof Outcome.Completed
                ? journal.write(present -> completed(present, name, RunStep.State.COMPENSATED))
                : refused(new Refused(step, outcome, null));
    }

    private ProvisioningRun undoing(ProvisioningRun present, String name) {
        return present.step(name)
                .map(step -> present.undoing(step, clock.instant()))
                .orElse(present);
    }

    /** A step does not work: waits for another attempt, or turns the run around where there is none. */
    private ProvisioningRun refused(Refused refused) {
        var name = refused.step().name();
        var run = journal.write(present -> {
            var now = clock.instant();
            var begun = refused.step().recorded() ? beginning(present, refused.step()) : present;
            var reason = refused.reason();
            if (refused.outcome() instanceof Outcome.Retry && attempts(begun, name) <= settings.retries()) {
                return begun.ended(name, RunStep.State.WAITING, reason, now);
            }
            return present.state() == RunState.COMPENSATING
                    ? begun.ended(name, RunStep.State.LEFT, reason, now)
                    : begun.ended(name, RunStep.State.FAILED, reason, now)
                            .compensating("The step " + name + " failed: " + reason, now);
        });
        if (run.step(name).filter(step -> step.state() == RunStep.State.WAITING).isPresent()) {
            operation.steps(plan.report(run));
            throw new JobPostponed(
                    settings.delayAfter(attempts(run, name), refused.least(), chance),
                    "step " + name + ": " + refused.reason());
        }
        return run;
    }

    /** The attempt of a recorded step was undone with its transaction. */
    private ProvisioningRun beginning(ProvisioningRun present, ProvisioningStep step) {
        return present.state() == RunState.COMPENSATING
                ? undoing(present, step.name())
                : present.running(clock.instant()).attempting(step.name(), plan.position(step), clock.instant());
    }

    private static int attempts(ProvisioningRun run, String name) {
        return run.step(name)
                .map(step -> run.state() == RunState.COMPENSATING ? step.undoAttempts() : step.attempts())
                .orElse(1);
    }

    private Outcome attempt(
            ProvisioningStep step, ProvisioningRun run, BiFunction<ProvisioningStep, Provisioned, Outcome> what) {
        try {
            return what.apply(
                    step, new Provisioned(run.tenant(), tenantId, run.id(), step.name(), attempts(run, step.name())));
        } catch (JobInterrupted end) {
            throw end;
        } catch (ProblemException refusal) {
            if (refusal.problem().code().status().is4xxClientError()) {
                return Outcome.failed(refusal.problem().detail());
            }
            return unexpected(step, refusal);
        } catch (RuntimeException failure) {
            return unexpected(step, failure);
        }
    }

    private Outcome unexpected(ProvisioningStep step, RuntimeException failure) {
        LOG.warn("The step {} of run {} failed", step.name(), operation.id(), failure);
        if (step.recorded()) {
            throw new Refused(step, Outcome.retry(Duration.ZERO, UNEXPECTED), failure);
        }
        return Outcome.retry(Duration.ZERO, UNEXPECTED);
    }

    /** Goes on only where it is done; else the transaction of the entry is undone. */
    private static void requireDone(ProvisioningStep step, Outcome outcome) {
        if (!(outcome instanceof Outcome.Completed)) {
            throw new Refused(step, outcome, null);
        }
    }

    private static String reason(ProvisioningRun run) {
        return run.reason() == null ? "It could not be set up." : run.reason();
    }
}
