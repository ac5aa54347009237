package com.misybot.tenancy.operation.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.Turns;
import com.misybot.tenancy.operation.job.JobType.NoData;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JobSchedulerTests extends JobSchedulerFixture {

    @Test
    void aFailedJobIsRepeatedUntilItSucceeds() {
        var attempts = new LinkedBlockingQueue<Integer>();
        instance(handler(run -> {
                    attempts.add(run.attempt());
                    if (run.attempt() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                }))
                .start();

        schedule();

        await().atMost(PATIENCE).until(() -> rows() == 0);
        assertThat(attempts).containsExactly(1, 2, 3);
    }

    @Test
    void aJobThatIsPutOffHasNotFailed() {
        var attempts = new LinkedBlockingQueue<Integer>();
        instance(handler(run -> {
                    attempts.add(run.attempt());
                    if (attempts.size() < 3) {
                        throw new JobPostponed(Duration.ofMillis(30), "not yet");
                    }
                }))
                .start();

        schedule();

        await().atMost(PATIENCE).until(() -> rows() == 0);
        assertThat(attempts).containsExactly(1, 1, 1);
    }

    @Test
    void aJobThatWaitsIsHurriedByThePlatformAndNobodyElse() {
        var attempts = new AtomicInteger();
        instance(handler(run -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw new JobPostponed(Duration.ofHours(1), "not yet");
                    }
                }))
                .start();
        schedule();
        await().atMost(PATIENCE)
                .until(() -> attempts.get() == 1
                        && Boolean.TRUE.equals(jdbcOutside()
                                .queryForObject(
                                        "select not picked from scheduled_tasks where task_name = ?",
                                        Boolean.class,
                                        type.name())));

        assertThatThrownBy(() -> transactions.change(id.scope(), () -> {
                    jobs.hurry(type, id);
                    return id;
                }))
                .isInstanceOf(IllegalStateException.class);
        transactions.change(Scope.platform(), () -> {
            jobs.hurry(type, id);
            return id;
        });

        await().atMost(PATIENCE).until(() -> rows() == 0);
        assertThat(attempts).hasValue(2);
    }

    @Test
    void aJobIsGivenUpInTheScopeOfItsTenantWhenItsAttemptsAreUsedUp() {
        var attempts = new AtomicInteger();
        var gaveUp = new LinkedBlockingQueue<Scope>();
        var handler =
                new TestHandler(type, _ -> {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("never");
                }) {
                    @Override
                    public RetryPolicy retries() {
                        return new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1));
                    }

                    @Override
                    public void gaveUp(JobRun run, NoData data) {
                        gaveUp.add(Scope.current());
                    }
                };
        instance(handler).start();

        schedule();

        await().atMost(PATIENCE).until(() -> rows() == 0);
        assertThat(attempts).hasValue(3);
        assertThat(gaveUp).containsExactly(Scope.tenant(id.tenant()));
    }

    @Test
    void aJobThatKillsItsOwnersIsGivenUpToo() {
        var gaveUp = new CountDownLatch(1);
        var handler =
                new TestHandler(type, _ -> {
                    throw new AssertionError("must not run again");
                }) {
                    @Override
                    public RetryPolicy retries() {
                        return RetryPolicy.atMost(2);
                    }

                    @Override
                    public void gaveUp(JobRun run, NoData data) {
                        gaveUp.countDown();
                    }
                };
        schedule();
        jdbcOutside().update("update scheduled_tasks set consecutive_failures = 3 where task_name = ?", type.name());

        instance(handler).start();

        await().atMost(PATIENCE).until(() -> gaveUp.getCount() == 0 && rows() == 0);
    }

    @Test
    void aRecurringJobHasOneRowHoweverManyInstancesThereAre() {
        var runs = new AtomicInteger();
        var recurring = new RecurringJob() {
            @Override
            public String name() {
                return type.name();
            }

            @Override
            public Recurrence recurrence() {
                return Recurrence.every(Duration.ofMillis(20));
            }

            @Override
            public void run(JobRun run) {
                assertThat(Scope.isBound()).isFalse();
                assertThat(Turns.isInBackground()).isTrue();
                if (runs.incrementAndGet() == 1) {
                    throw new IllegalStateException("once is no reason to stop");
                }
            }
        };
        instance(null, recurring).start();
        instance(null, recurring).start();

        await().atMost(PATIENCE).until(() -> runs.get() > 3);

        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void leavesPlacesOfChangesToRequests() {
        var seen = new LinkedBlockingQueue<Boolean>();
        instance(handler(_ -> seen.add(Turns.isInBackground()))).start();

        schedule();

        await().atMost(PATIENCE).until(() -> rows() == 0);
        assertThat(seen).containsExactly(true);
        assertThat(Turns.isInBackground()).isFalse();
    }

    @Test
    void runsNoMoreJobsAtOnceThanItHasThreads() {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new AtomicInteger();
        var go = new CountDownLatch(1);
        instance(handler(_ -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    go.await();
                    running.decrementAndGet();
                    done.incrementAndGet();
                }))
                .start();

        for (var i = 0; i < 3 * QUICK.threads(); i++) {
            transactions.change(id.scope(), () -> jobs.schedule(type, new JobId(id.tenant(), UUID.randomUUID())));
        }
        await().atMost(PATIENCE).until(() -> running.get() == QUICK.threads());
        assertThat(jdbcOutside()
                        .queryForObject(
                                "select count(*) from scheduled_tasks where task_name = ? and picked",
                                Long.class,
                                type.name()))
                .as("what is picked and waits has no heartbeat")
                .isEqualTo(QUICK.threads());
        go.countDown();

        await().atMost(PATIENCE).until(() -> done.get() == 3 * QUICK.threads());
        assertThat(most).hasValue(QUICK.threads());
    }

    @Test
    void aJobThatIsNotDueByTheClockOfTheDatabaseStaysUntilItIs() {
        var tries = new AtomicInteger();
        var recorded = new LinkedBlockingQueue<Instant>();
        var due = transactions.read(id.scope(), transactions::now).plusSeconds(2);
        var ahead = instance(handler(run -> {
            tries.incrementAndGet();
            transactions.change(run.scope(), () -> {
                run.confirm();
                return recorded.add(transactions.now());
            });
        }));
        ahead.clock.ahead(Duration.ofHours(1));
        transactions.change(id.scope(), () -> jobs.schedule(type, id, due));

        ahead.start();

        await().atMost(PATIENCE).until(() -> rows() == 0);
        assertThat(tries).hasValueGreaterThan(1);
        assertThat(recorded).singleElement().satisfies(at -> assertThat(at).isAfterOrEqualTo(due));
    }

    @Test
    void tellsHowLongTheOldestDueJobHasBeenWaiting() {
        schedule();
        jdbcOutside()
                .update(
                        "update scheduled_tasks set execution_time = now() - interval '1 hour' where task_name = ?",
                        type.name());
        var idle = instance(null);

        idle.start();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                idle.meters.get("tenancy.jobs.lag").gauge().value())
                        .isGreaterThan(3_599));
        jdbcOutside().update("delete from scheduled_tasks where task_name = ?", type.name());
    }
}
