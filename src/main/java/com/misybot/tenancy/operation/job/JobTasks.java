package com.misybot.tenancy.operation.job;

import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.misybot.tenancy.kernel.CurrentTenant;
import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.Turns;
import com.misybot.tenancy.operation.job.Jobs.WakeUp;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcOperations;

/** Makes the library's tasks of our handlers: binds the scope, decides what follows a run, keeps a lost one from deciding. */
final class JobTasks {

    private static final Logger LOG = LoggerFactory.getLogger(JobTasks.class);

    private final JdbcOperations jdbc;
    private final WakeUp wakeUp;
    private final JobObservation observation;
    private final CurrentTenant.Directory tenants;

    JobTasks(JdbcOperations jdbc, WakeUp wakeUp, JobObservation observation, CurrentTenant.Directory tenants) {
        this.jdbc = jdbc;
        this.wakeUp = wakeUp;
        this.observation = observation;
        this.tenants = tenants;
    }

    <T> Task<T> of(JobHandler<T> handler) {
        var type = handler.type();
        return Tasks.custom(type.name(), type.data())
                .onDeadExecution(this.<T>takeOver())
                .execute((instance, context) -> {
                    var run = run(JobId.parse(instance.getId()), context);
                    return Turns.inBackground(() -> observation.observed(
                            type.name(), () -> forItsTenant(run, () -> outcome(handler, run, instance.getData()))));
                });
    }

    Task<JobType.NoData> of(RecurringJob job) {
        return Tasks.custom(job.name(), JobType.NoData.class)
                .onDeadExecution(this.<JobType.NoData>takeOver())
                .execute((_, context) -> {
                    var run = run(Recurring.ID, context);
                    return Turns.inBackground(() -> observation.observed(job.name(), () -> outcome(job, run)));
                });
    }

    private PickedRun run(JobId id, ExecutionContext context) {
        return new PickedRun(id, context, jdbc);
    }

    /** A job carries the UUID of its tenant; what else is said of it is as it is now. */
    private <T> Outcome<T> forItsTenant(PickedRun run, Supplier<Outcome<T>> work) {
        var tenant = tenant(run);
        if (tenant == null) {
            return work.get();
        }
        LogContext.tenant(tenant.tenantId());
        return tenant.call(work::get);
    }

    private @Nullable CurrentTenant tenant(PickedRun run) {
        var id = run.scope().tenant();
        try {
            return id.equals(Scope.NIL) ? null : tenants.find(id).orElse(null);
        } catch (RuntimeException unknown) {
            LOG.warn("The tenant of a job is not found out: its run says nothing of it", unknown);
            return null;
        }
    }

    private <T> Outcome<T> outcome(JobHandler<T> handler, PickedRun run, T data) {
        var name = handler.type().name();
        try {
            return run.scope().call(() -> {
                // Owners that died count as failures too, or a job that kills its process would do so for ever
                if (!handler.retries().allowsAnother(run.attempt() - 1)) {
                    handler.gaveUp(run, data);
                    return Outcome.gaveUp();
                }
                handler.run(run, data);
                return Outcome.done();
            });
        } catch (JobInterrupted interrupted) {
            return interrupted(name, run, interrupted);
        } catch (JobPostponed postponed) {
            LOG.debug("Job {} {} is put off: {}", name, run.id(), postponed.getMessage());
            return Outcome.postponed(now -> now.plus(postponed.after()));
        } catch (Exception failure) {
            if (run.stopping()) {
                return interrupted(name, run, failure);
            }
            observation.failed(failure);
            LOG.warn("Job {} {} failed in attempt {}", name, run.id(), run.attempt(), failure);
            var retries = handler.retries();
            return retries.allowsAnother(run.attempt())
                    ? Outcome.repeat(now -> now.plus(retries.delayAfter(run.attempt())))
                    : giveUp(handler, run, data);
        }
    }

    private <T> Outcome<T> giveUp(JobHandler<T> handler, PickedRun run, T data) {
        try {
            return run.scope().call(() -> {
                handler.gaveUp(run, data);
                return Outcome.gaveUp();
            });
        } catch (RuntimeException failure) {
            observation.failed(failure);
            LOG.warn("Job {} {} could not be given up", handler.type().name(), run.id(), failure);
            return Outcome.repeat(now -> now.plus(handler.retries().longestDelay()));
        }
    }

    private Outcome<JobType.NoData> outcome(RecurringJob job, PickedRun run) {
        try {
            job.run(run);
            return Outcome.again(now -> Recurring.next(job, now));
        } catch (JobInterrupted interrupted) {
            return interrupted(job.name(), run, interrupted);
        } catch (Exception failure) {
            observation.failed(failure);
            LOG.warn("Recurring job {} failed in attempt {}", job.name(), run.attempt(), failure);
            return Outcome.repeat(now -> Recurring.next(job, now));
        }
    }

    private static <T> Outcome<T> interrupted(String name, PickedRun run, Exception why) {
        LOG.info("Job {} {} ends for another run to go on: {}", name, run.id(), why.getMessage());
        // The interrupt of a shutdown has done its work: what follows has to reach the database
        Thread.interrupted();
        return run.stopping() || run.early() ? Outcome.handOver() : Outcome.lost();
    }

    private <T> DeadExecutionHandler<T> takeOver() {
        return (complete, operations) -> {
            operations.reschedule(complete, complete.getExecution().executionTime);
            wakeUp.now();
        };
    }

    /**
     * What follows a run.
     *
     * @param name in the metric
     * @param conclusion what is written to the row of the job
     */
    record Outcome<T>(String name, Conclusion<T> conclusion) implements CompletionHandler<T> {

        static <T> Outcome<T> done() {
            return new Outcome<>("done", (_, operations) -> operations.remove());
        }

        static <T> Outcome<T> gaveUp() {
            return new Outcome<>("gave_up", (_, operations) -> operations.remove());
        }

        static <T> Outcome<T> again(When when) {
            return new Outcome<>(
                    "done",
                    (complete, operations) -> operations.reschedule(complete, when.after(complete.getTimeDone())));
        }

        /** Another run goes on when what this one waits for may be there. */
        static <T> Outcome<T> postponed(When when) {
            return new Outcome<>(
                    "postponed",
                    (complete, operations) -> operations.reschedule(complete, when.after(complete.getTimeDone())));
        }

        /** Another run goes on with what was due then, and no sooner. */
        static <T> Outcome<T> handOver() {
            return new Outcome<>(
                    "interrupted",
                    (complete, operations) -> operations.reschedule(complete, complete.getExecution().executionTime));
        }

        static <T> Outcome<T> lost() {
            return new Outcome<>("interrupted", (_, _) -> {});
        }

        static <T> Outcome<T> repeat(When when) {
            return new Outcome<>("failed", (complete, operations) -> {
                var failed = ExecutionComplete.failure(
                        complete.getExecution(), complete.getTimeDone(), complete.getTimeDone(), null);
                operations.reschedule(failed, when.after(complete.getTimeDone()));
            });
        }

        @Override
        public void complete(ExecutionComplete complete, ExecutionOperations<T> operations) {
            try {
                conclusion.write(complete, operations);
            } catch (ExecutionException superseded) {
                LOG.info("A run of {} ended after it had been taken over", complete.getExecution().taskInstance);
            }
        }
    }

    /** Writes the end of a run to the row of its job, if it is still this run's. */
    interface Conclusion<T> {
        void write(ExecutionComplete complete, ExecutionOperations<T> operations);
    }

    /** When the job is due again. */
    interface When {
        Instant after(Instant end);
    }
}
