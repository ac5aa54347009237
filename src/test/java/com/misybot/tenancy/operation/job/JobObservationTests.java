package com.misybot.tenancy.operation.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.LogLines;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class JobObservationTests extends JobSchedulerFixture {

    @Autowired
    private MeterRegistry meters;

    @Test
    void namesActorAndTraceInEachLineAndATraceOfItsOwnForEachRun() {
        try (var lines = LogLines.of("com.misybot.tenancy.operation.job")) {
            failOnce();

            var recurring = new RecurringJob() {
                @Override
                public String name() {
                    return type.name() + "-again";
                }

                @Override
                public Recurrence recurrence() {
                    return Recurrence.every(Duration.ofMillis(1));
                }

                @Override
                public void run(JobRun run) {
                    throw new IllegalStateException("never");
                }
            };
            instance(null, recurring).start();
            await().atMost(PATIENCE)
                    .until(() -> lines.with("Recurring job " + type.name()).size() > 1);
            instances.forEach(Instance::stop);

            assertThat(lines.with("Job " + type.name()))
                    .singleElement()
                    .satisfies(line -> assertThat(line.getMDCPropertyMap())
                            .containsEntry("actor", "system:" + type.name())
                            .hasEntrySatisfying("traceId", id -> assertThat(id).matches("[0-9a-f]{32}")));
            var runs = lines.with("Recurring job " + type.name());
            assertThat(runs)
                    .extracting(line -> line.getMDCPropertyMap().get("traceId"))
                    .doesNotContainNull()
                    .doesNotHaveDuplicates();
            assertThat(runs)
                    .extracting(line -> line.getMDCPropertyMap().get("actor"))
                    .containsOnly("system:" + recurring.name());
        }
        jdbcOutside().update("delete from scheduled_tasks where task_name like ?", type.name() + "%");
    }

    @Test
    void measuresRunsByJobAndOutcome() {
        failOnce();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(List.of(runs("failed", "IllegalStateException"), runs("done", "none")))
                        .containsExactly(1L, 1L));
    }

    private void failOnce() {
        instance(handler(run -> {
                    if (run.attempt() == 1) {
                        throw new IllegalStateException("not yet");
                    }
                }))
                .start();
        schedule();
        await().atMost(PATIENCE).until(() -> rows() == 0);
    }

    private long runs(String outcome, String error) {
        var timer = meters.find(JobObservation.NAME)
                .tags("job", type.name(), "outcome", outcome, "error", error)
                .timer();
        return timer == null ? 0 : timer.count();
    }
}
