package com.misybot.tenancy.operation.job;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.operation.job.JobTasks.Outcome;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Supplier;

/**
 * Watches runs of jobs: how long they take, by kind and outcome, and a trace of each, which every line of the log that it
 * causes names beside the actor.
 */
final class JobObservation {

    /** Of the timer; spans are named after the job. */
    static final String NAME = "tenancy.jobs.run";

    private static final String OUTCOME = "outcome";

    private final ObservationRegistry registry;

    JobObservation(ObservationRegistry registry) {
        this.registry = registry;
    }

    <T> Outcome<T> observed(String job, Supplier<Outcome<T>> run) {
        var observation = Observation.createNotStarted(NAME, registry)
                .contextualName("job " + job)
                .lowCardinalityKeyValue("job", job)
                .start();
        LogContext.actor(Actor.system(job));
        try (var _ = observation.openScope()) {
            var outcome = run.get();
            observation.lowCardinalityKeyValue(OUTCOME, outcome.name());
            return outcome;
        } catch (Throwable broken) {
            observation.lowCardinalityKeyValue(OUTCOME, "broken").error(broken);
            throw broken;
        } finally {
            LogContext.clear();
            observation.stop();
        }
    }

    /** The run of this thread has failed, and this is why. */
    void failed(Exception why) {
        var observation = registry.getCurrentObservation();
        if (observation != null) {
            observation.error(why);
        }
    }
}
