package com.misybot.tenancy.operation.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;

class JobTakeoverTests extends JobSchedulerFixture {

    @Test
    void aDeadOwnerIsReplaced() {
        var attempts = new LinkedBlockingQueue<Integer>();
        var never = new CountDownLatch(1);
        var dead = instance(handler(run -> {
            attempts.add(run.attempt());
            never.await();
        }));
        dead.start();
        schedule();
        await().atMost(PATIENCE).until(() -> attempts.contains(1));
        dead.freeze();

        var successor = instance(handler(run -> attempts.add(run.attempt())));
        successor.start();
        assertThat(attempts).as("alive until it has missed its heartbeats").doesNotContain(2);
        successor.clock.ahead(Duration.ofSeconds(10));

        await().atMost(PATIENCE).until(() -> attempts.contains(2));
        await().atMost(PATIENCE).until(() -> rows() == 0);
        never.countDown();
    }

    @Test
    void byDefaultADeadOwnerIsReplacedWithinSeconds() {
        var byDefault = new Binder(List.of()).bindOrCreate("tenancy.operation.job", JobSettings.class);
        var attempts = new LinkedBlockingQueue<Integer>();
        var never = new CountDownLatch(1);
        Work work = run -> {
            attempts.add(run.attempt());
            if (run.attempt() == 1) {
                never.await();
            }
        };
        var dead = new Instance(handler(work), List.of(), byDefault);
        instances.add(dead);
        dead.start();
        schedule();
        await().atMost(PATIENCE).until(() -> attempts.contains(1));
        dead.freeze();
        var successor = new Instance(handler(work), List.of(), byDefault);
        instances.add(successor);
        successor.start();

        // 4 missed heartbeats of 1 s, looked for every 2 s, and what a busy machine adds
        await().atMost(Duration.ofSeconds(10)).until(() -> attempts.contains(2));
        never.countDown();
    }

    @Test
    void anOwnerThatWakesUpAfterItWasReplacedRecordsNothing() {
        var recorded = new LinkedBlockingQueue<String>();
        var refusals = new LinkedBlockingQueue<Throwable>();
        var paused = new CountDownLatch(1);
        var successorMayEnd = new CountDownLatch(1);
        var started = new LinkedBlockingQueue<String>();
        var sleeper = instance(handler(run -> {
            started.add("sleeper");
            paused.await();
            try {
                record(run, recorded, "sleeper");
            } catch (JobInterrupted refused) {
                refusals.add(refused);
                throw refused;
            }
        }));
        sleeper.start();
        schedule();
        await().atMost(PATIENCE).until(() -> started.contains("sleeper"));
        sleeper.freeze();
        var successor = instance(handler(run -> {
            started.add("successor");
            successorMayEnd.await();
            record(run, recorded, "successor");
        }));
        successor.clock.ahead(Duration.ofSeconds(10));
        successor.start();
        await().atMost(PATIENCE).until(() -> started.contains("successor"));

        sleeper.thaw();
        paused.countDown();

        await().atMost(PATIENCE).until(() -> !refusals.isEmpty());
        assertThat(recorded).isEmpty();
        assertThat(rows()).as("the successor's job is left alone").isEqualTo(1);
        successorMayEnd.countDown();
        await().atMost(PATIENCE).until(() -> rows() == 0);
        assertThat(recorded).containsExactly("successor");
    }

    @Test
    void anOwnerThatEndsAfterItWasReplacedDoesNotRemoveTheJobOfItsSuccessor() {
        var paused = new CountDownLatch(1);
        var sleeperEnded = new CountDownLatch(1);
        var successorMayEnd = new CountDownLatch(1);
        var started = new LinkedBlockingQueue<String>();
        var sleeper = instance(handler(_ -> {
            started.add("sleeper");
            paused.await();
            sleeperEnded.countDown();
        }));
        sleeper.start();
        schedule();
        await().atMost(PATIENCE).until(() -> started.contains("sleeper"));
        sleeper.freeze();
        var successor = instance(handler(_ -> {
            started.add("successor");
            successorMayEnd.await();
        }));
        successor.clock.ahead(Duration.ofSeconds(10));
        successor.start();
        await().atMost(PATIENCE).until(() -> started.contains("successor"));

        sleeper.thaw();
        paused.countDown();
        await().atMost(PATIENCE).until(() -> sleeperEnded.getCount() == 0);
        sleeper.stop();

        assertThat(rows()).isEqualTo(1);
        successorMayEnd.countDown();
        await().atMost(PATIENCE).until(() -> rows() == 0);
    }

    @Test
    void anInstanceThatStopsHandsItsJobOverAtOnce() {
        var started = new LinkedBlockingQueue<String>();
        var stopping = instance(handler(run -> {
            started.add("stopping");
            while (true) {
                run.checkpoint();
                Thread.onSpinWait();
            }
        }));
        stopping.start();
        schedule();
        await().atMost(PATIENCE).until(() -> started.contains("stopping"));

        stopping.stop();

        assertThat(jdbcOutside()
                        .queryForObject(
                                "select picked from scheduled_tasks where task_name = ?", Boolean.class, type.name()))
                .isFalse();
        instance(handler(_ -> started.add("next"))).start();
        await().atMost(PATIENCE).until(() -> started.contains("next"));
    }

    private void record(JobRun run, LinkedBlockingQueue<String> recorded, String who) {
        transactions.change(run.scope(), () -> {
            run.confirm();
            return recorded.add(who);
        });
    }
}
