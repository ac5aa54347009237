package com.misybot.tenancy.operation;

import static com.misybot.tenancy.operation.OperationTestApplication.ACME;
import static com.misybot.tenancy.operation.OperationTestApplication.CALLERS;
import static com.misybot.tenancy.operation.OperationTestApplication.OTHER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.operation.OperationTestApplication.Changes;
import com.misybot.tenancy.operation.OperationTestApplication.Work;
import com.misybot.tenancy.operation.OperationTestApplication.Works;
import com.misybot.tenancy.operation.job.JobHandlerSource;
import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.JobInterrupted;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.JobType;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

@OperationTest
class OperationsTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Caller ANNA = OperationTestApplication.named("anna");
    private static final Cause CAUSE = new Cause(ANNA.actor(), "a mistake", null);

    private final Scope.Tenant tenant = Scope.tenant(UUID.randomUUID());

    @Autowired
    Operations operations;

    @Autowired
    OperationStore store;

    @Autowired
    ScopedTransactions transactions;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    Works works;

    @Autowired
    Changes changes;

    @Autowired
    ExpiredOperations expired;

    @Autowired
    JobHandlerSource sources;

    @Test
    void runsOnceItsTransactionHasCommittedAndKeepsStepsProgressAndResult() throws Exception {
        var operation = start(run -> {
            run.step("first", () -> {});
            run.progress(7, 7L);
            run.step("second", () -> {});
            return List.of("made");
        });

        var ended = ended(operation);

        assertThat(ended.status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(ended.state().steps())
                .extracting(Step::name, Step::status, Step::attempts)
                .containsExactly(tuple("first", Step.Status.SUCCEEDED, 1), tuple("second", Step.Status.SUCCEEDED, 1));
        assertThat(ended.state().progress()).isEqualTo(new Progress(7, 7L));
        assertThat(ended.state().result()).hasToString("[\"made\"]");
        assertThat(ended.state().endedAt()).isNotNull();
        assertThat(ended.version()).isGreaterThan(operation.version());
    }

    @Test
    void leavesNeitherRowNorJobOfATransactionThatIsRolledBack() {
        var started = new CompletableFuture<Operation>();

        assertThatThrownBy(() -> inTenant(() -> {
                    started.complete(operations.start(order(_ -> null)));
                    throw new UnsupportedOperationException("changed my mind");
                }))
                .isInstanceOf(UnsupportedOperationException.class);

        assertThat(operations.find(started.join().id())).isNull();
        assertThat(jobs(started.join())).isZero();
    }

    @Test
    void isStartedInATransactionOfItsOwnerOrOfThePlatformOnly() {
        assertThatIllegalStateException().isThrownBy(() -> tenant.call(() -> operations.start(order(_ -> null))));
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        transactions.change(Scope.tenant(UUID.randomUUID()), () -> operations.start(order(_ -> null))));

        var operation = transactions.change(Scope.platform(), () -> operations.start(order(_ -> "from above")));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(found(operation).status()).isEqualTo(OperationStatus.SUCCEEDED));
    }

    @Test
    void refusesAKindThatNobodyDoes() {
        var order = OperationOrder.of("test.unheard-of", tenant, null, ANNA.actor());

        assertThatIllegalArgumentException().isThrownBy(() -> inTenant(() -> operations.start(order)));
    }

    @Test
    void recordsWhatIsDoneAlreadyWithoutItsSecrets() {
        record Registered(String name, OneTimeSecret secret) {}
        var order = OperationOrder.of("test.unheard-of", tenant, ACME, ANNA.actor());

        var operation = transactions.change(
                Scope.platform(),
                () -> operations.recordDone(order, new Registered("acme", new OneTimeSecret("misy_ten_x"))));

        var kept = found(operation);
        assertThat(kept.status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(kept.state().result()).hasToString("{\"name\":\"acme\",\"secret\":null}");
        assertThat(jobs(operation)).isZero();
    }

    @Test
    void aSuccessorPassesOverWhatIsDoneAndTheOwnerThatWakesUpRecordsNothing() throws Exception {
        var stopped = new CountDownLatch(1);
        var inSecond = new CountDownLatch(1);
        var firsts = new AtomicInteger();
        var runs = new AtomicInteger();
        var operation = unscheduled(run -> {
            var mine = runs.incrementAndGet();
            run.step("first", firsts::incrementAndGet);
            run.step("second", () -> {
                if (mine == 1) {
                    inSecond.countDown();
                    reached(stopped);
                }
            });
            return "run " + mine;
        });
        var sleeper = CompletableFuture.runAsync(() -> run(operation, 2, 1), Thread::startVirtualThread);
        reached(inSecond);

        run(operation, 4, 2);
        stopped.countDown();

        assertThatThrownBy(sleeper::join).rootCause().isInstanceOf(JobInterrupted.class);
        assertThat(firsts).hasValue(1);
        var kept = found(operation);
        assertThat(kept.state().result()).hasToString("\"run 2\"");
        assertThat(kept.state().steps())
                .extracting(Step::attempts, Step::status)
                .containsExactly(tuple(1, Step.Status.SUCCEEDED), tuple(2, Step.Status.SUCCEEDED));
    }

    @Test
    void aRunThatWasReplacedIsRefusedInTheTransactionThatWouldRecordItsOutcome() {
        var operation = unscheduled(run -> transactions.change(run.scope(), () -> {
            run.confirm();
            return "confirmed";
        }));
        transactions.change(tenant, () -> {
            var present = found(operation.id());
            operations.save(present, present.begin(9, present.createdAt()));
            return null;
        });

        assertThatThrownBy(() -> run(operation, 2, 1)).isInstanceOf(JobInterrupted.class);
        assertThat(found(operation).status()).isEqualTo(OperationStatus.RUNNING);
    }

    @Test
    void aProblemOfTheClientEndsItAtOnceAndIsKept() throws Exception {
        var runs = new AtomicInteger();
        var operation = start(_ -> {
            runs.incrementAndGet();
            throw Problem.of(WebProblem.CONFLICT, "Take another one.").asException();
        });

        var ended = ended(operation);

        assertThat(ended.status()).isEqualTo(OperationStatus.FAILED);
        assertThat(ended.state().error()).isEqualTo(Failure.of(Problem.of(WebProblem.CONFLICT, "Take another one.")));
        assertThat(runs).hasValue(1);
    }

    @Test
    void anyOtherFailureIsRepeatedAndThenEndsItWithoutTellingItsText() throws Exception {
        var runs = new AtomicInteger();
        var operation = start(run -> {
            runs.incrementAndGet();
            run.step("first", () -> {
                throw new IllegalStateException("secret: password of the database");
            });
            return null;
        });

        var ended = ended(operation);

        assertThat(runs).as("1 attempt and 1 retry").hasValue(2);
        assertThat(ended.status()).isEqualTo(OperationStatus.FAILED);
        assertThat(ended.state().error()).isEqualTo(OperationProblem.failedForGood());
        assertThat(ended.state().steps().getFirst())
                .returns(2, Step::attempts)
                .returns(Step.Status.FAILED, Step::status)
                .returns(OperationProblem.failedAttempt(), Step::error);
        assertThat(jdbcText(operation)).doesNotContain("password");
    }

    @Test
    void isCancelledAtOnceBeforeItHasBegun() {
        var runs = new AtomicInteger();
        var operation = unscheduled(_ -> runs.incrementAndGet());

        var cancelled = operations.cancel(operation.id(), ANNA, CAUSE, null);
        run(operation, 2, 1);

        assertThat(cancelled.status()).isEqualTo(OperationStatus.CANCELLED);
        assertThat(found(operation).status()).isEqualTo(OperationStatus.CANCELLED);
        assertThat(runs).hasValue(0);
        assertThat(changes.about(operation)).singleElement().satisfies(change -> {
            assertThat(change.type()).isEqualTo(Operations.CANCELLED);
            assertThat(change.cause()).isEqualTo(CAUSE);
            assertThat(change.tenant()).isEqualTo(tenant.tenant());
        });
    }

    @Test
    void aRunStopsWhereItIsAskedTo() throws Exception {
        var begun = new CountDownLatch(1);
        var operation = start(run -> {
            run.step("first", () -> {
                begun.countDown();
                while (true) {
                    run.checkpoint();
                    Thread.onSpinWait();
                }
            });
            return "never";
        });
        reached(begun);

        var asked = operations.cancel(operation.id(), ANNA, CAUSE, null);

        assertThat(asked.status()).isEqualTo(OperationStatus.RUNNING);
        var ended = ended(operation);
        assertThat(ended.status()).isEqualTo(OperationStatus.CANCELLED);
        assertThat(ended.state().steps())
                .extracting(Step::status)
                .containsExactly(Step.Status.CANCELLED, Step.Status.PENDING);
        assertThat(ended.state().result()).isNull();
        await().atMost(PATIENCE).until(() -> jobs(operation) == 0);
    }

    @Test
    void refusesToCancelWhatHasEndedOrCannotStop() throws Exception {
        var ended = ended(start(_ -> null));
        var stubborn = transactions.change(tenant, () -> {
            var operation = Operation.pending(
                    UUID.randomUUID(),
                    OperationOrder.of("test.stubborn", tenant, null, ANNA.actor()),
                    List.of(),
                    false,
                    ended.createdAt());
            store.insert(operation, null);
            return operation;
        });

        assertThatThrownBy(() -> operations.cancel(ended.id(), ANNA, CAUSE, null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(OperationProblem.OPERATION_ENDED));
        assertThatThrownBy(() -> operations.cancel(stubborn.id(), ANNA, CAUSE, null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code())
                                .isEqualTo(OperationProblem.OPERATION_NOT_CANCELLABLE));
    }

    @Test
    void whoWaitsIsToldOfTheEndAtOnceAndOfTheTimeLimitInTime() throws Exception {
        var go = new CountDownLatch(1);
        var operation = start(_ -> {
            reached(go);
            return "gone";
        });

        assertThat(requireNonNull(operations.await(operation.id(), Duration.ofMillis(20)))
                        .status()
                        .hasEnded())
                .isFalse();

        var waiting = CompletableFuture.supplyAsync(() -> awaitEnd(operation), Thread::startVirtualThread);
        go.countDown();
        assertThat(waiting.join().status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void whoWaitsIsToldWhatAnotherInstanceDid() {
        var operation = unscheduled(_ -> null);
        var waiting = CompletableFuture.supplyAsync(() -> awaitEnd(operation), Thread::startVirtualThread);

        inTenant(() -> jdbc.update(
                "update operation set status = 'CANCELLED', ended_at = now(), version = version + 1 where id = ?",
                operation.id()));

        assertThat(waiting.join().status()).isEqualTo(OperationStatus.CANCELLED);
    }

    @Test
    void theDatabaseKeepsATenantFromTheOperationsOfAnotherAndThePlatformFromChangingAny() {
        var operation = unscheduled(_ -> null);
        var other = Scope.tenant(UUID.randomUUID());

        assertThat(transactions.<Integer>change(
                        other, () -> jdbc.update("update operation set version = 99 where id = ?", operation.id())))
                .isZero();
        assertThatThrownBy(() ->
                        transactions.change(Scope.platform(), () -> jdbc.update("update operation set version = 99")))
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    @Test
    void forgetsWhatEndedLongAgoAndNothingElse() {
        var old = unscheduled(_ -> null);
        var oldButRunning = unscheduled(_ -> null);
        var young = transactions.change(
                Scope.platform(),
                () -> operations.recordDone(OperationOrder.of("test.work", tenant, null, ANNA.actor()), null));
        inTenant(() -> jdbc.update(
                "update operation set status = 'FAILED', ended_at = now() - interval '30 days 1 minute' where id = ?",
                old.id()));
        inTenant(() -> jdbc.update(
                "update operation set status = 'RUNNING', started_at = now() - interval '90 days' where id = ?",
                oldButRunning.id()));

        expired.run(new TestRun(old, 1, 1));

        assertThat(operations.find(old.id())).isNull();
        assertThat(operations.find(oldButRunning.id())).isNotNull();
        assertThat(operations.find(young.id())).isNotNull();
    }

    @Test
    void listsExactlyWhatACallerMaySee() {
        var kind = "test.seen-" + UUID.randomUUID();
        for (var creator : CALLERS.values()) {
            for (var about : new TenantId[] {null, ACME, OTHER}) {
                var owner = about == null ? Scope.platformRows() : tenant;
                transactions.change(
                        Scope.platform(),
                        () -> operations.recordDone(OperationOrder.of(kind, owner, about, creator.actor()), null));
            }
        }
        var filter = new OperationFilter(null, kind, null, null, null);
        var all = operations.list(filter, ANNA, new Operations.Order(false, null, 100));
        assertThat(all).hasSize(12);

        for (var caller : CALLERS.values()) {
            var visible = all.stream().filter(new Visibility(caller)::covers).toList();
            assertThat(operations.list(filter, caller, new Operations.Order(false, null, 100)))
                    .as(caller.actor().toString())
                    .isEqualTo(visible);
            assertThat(operations.count(filter, caller)).isEqualTo(visible.size());
        }
        assertThat(seen(all, "bert"))
                .containsExactlyInAnyOrder(
                        "anna about acme-dental",
                        "bert about acme-dental",
                        "cleo about acme-dental",
                        "dora about acme-dental",
                        "bert about null");
        assertThat(seen(all, "cleo"))
                .containsExactlyInAnyOrder("cleo about acme-dental", "cleo about other-dental", "cleo about null");
        assertThat(seen(all, "dora")).containsExactlyInAnyOrder("dora about acme-dental", "dora about null");
    }

    private static List<String> seen(List<Operation> all, String caller) {
        return all.stream()
                .filter(new Visibility(OperationTestApplication.named(caller))::covers)
                .map(operation -> operation.createdBy().replace("operator:", "") + " about " + operation.tenantId())
                .toList();
    }

    private Operation start(Work work) {
        return inTenant(() -> operations.start(order(work)));
    }

    /** One whose runs the test begins itself. */
    private Operation unscheduled(Work work) {
        return inTenant(() -> {
            var order = order(work);
            var operation = Operation.pending(
                    UUID.randomUUID(),
                    order,
                    works.steps(),
                    true,
                    java.time.Clock.systemUTC().instant().truncatedTo(java.time.temporal.ChronoUnit.MICROS));
            store.insert(operation, order.input());
            return operation;
        });
    }

    private OperationOrder order(Work work) {
        return OperationOrder.of(Works.KIND, tenant, ACME, new Actor(Actor.Kind.SERVICE, "billing"))
                .with(works.assign(UUID.randomUUID().toString(), work));
    }

    private void run(Operation operation, long fence, int attempt) {
        var job = (OperationJob) sources.handlers().stream()
                .filter(handler -> handler.type().equals(OperationJob.type(Works.KIND)))
                .findFirst()
                .orElseThrow();
        tenant.call(() -> {
            try {
                job.run(new TestRun(operation, fence, attempt), new JobType.NoData());
                return null;
            } catch (Exception e) {
                throw e instanceof RuntimeException already ? already : new IllegalStateException(e);
            }
        });
    }

    private Operation ended(Operation operation) throws InterruptedException {
        return awaitEnd(operation);
    }

    private Operation awaitEnd(Operation operation) {
        try {
            var ended = requireNonNull(operations.await(operation.id(), PATIENCE));
            assertThat(ended.status().hasEnded()).isTrue();
            return ended;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Operation found(Operation operation) {
        return found(operation.id());
    }

    private Operation found(UUID id) {
        return requireNonNull(Scope.isBound() ? store.find(id) : operations.find(id));
    }

    private int jobs(Operation operation) {
        return transactions.<Integer>read(
                Scope.platform(),
                () -> jdbc.queryForList(
                                "select 1 from scheduled_tasks where task_instance = ?",
                                operation.owner().tenant() + ":" + operation.id())
                        .size());
    }

    private String jdbcText(Operation operation) {
        return transactions.read(
                Scope.platform(),
                () -> jdbc.queryForList("select o::text from operation o where id = ?", String.class, operation.id())
                        .toString());
    }

    private <T extends @Nullable Object> T inTenant(Supplier<T> work) {
        return transactions.change(tenant, work);
    }

    private static void reached(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A run whose fence the test decides about. */
    record TestRun(Operation operation, long fence, int attempt) implements JobRun {
        @Override
        public JobId id() {
            return new JobId(operation.owner().tenant(), operation.id());
        }

        @Override
        public void checkpoint() {}

        @Override
        public void confirm() {}
    }
}
