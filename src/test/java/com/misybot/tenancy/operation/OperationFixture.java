package com.misybot.tenancy.operation;

import static com.misybot.tenancy.operation.OperationTestApplication.ACME;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.OperationTestApplication.Changes;
import com.misybot.tenancy.operation.OperationTestApplication.Work;
import com.misybot.tenancy.operation.OperationTestApplication.Works;
import com.misybot.tenancy.operation.job.JobHandlerSource;
import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.JobType;
import com.misybot.tenancy.operation.job.Jobs;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Operations whose work a test decides about, begun by the scheduler or by the test itself. */
@OperationTest
abstract class OperationFixture {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    static final Caller ANNA = OperationTestApplication.named("anna");

    static final Cause CAUSE = new Cause(ANNA.actor(), "a mistake", null);

    final Scope.Tenant tenant = Scope.tenant(UUID.randomUUID());

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

    @Autowired
    OperationJson json;

    @Autowired
    OperationHandlers handlers;

    @Autowired
    Jobs jobList;

    @Autowired
    OperationSettings settings;

    Operation start(Work work) {
        return inTenant(() -> operations.start(order(work)));
    }

    /** One whose runs the test begins itself. */
    Operation unscheduled(Work work) {
        return inTenant(() -> {
            var order = order(work);
            var operation = Operation.pending(
                    UUID.randomUUID(),
                    order,
                    works.steps(),
                    true,
                    Clock.systemUTC().instant().truncatedTo(java.time.temporal.ChronoUnit.MICROS));
            store.insert(operation, order.input());
            return operation;
        });
    }

    OperationOrder order(Work work) {
        return OperationOrder.of(Works.KIND, tenant, ACME, new Actor(Actor.Kind.SERVICE, "billing"))
                .with(works.assign(UUID.randomUUID().toString(), work));
    }

    void run(Operation operation, long fence, int attempt) {
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

    Operation ended(Operation operation) throws InterruptedException {
        return awaitEnd(operation);
    }

    Operation awaitEnd(Operation operation) {
        try {
            var ended = requireNonNull(operations.await(operation.id(), PATIENCE));
            assertThat(ended.status().hasEnded()).isTrue();
            return ended;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Operation found(Operation operation) {
        return found(operation.id());
    }

    Operation found(UUID id) {
        return requireNonNull(Scope.isBound() ? store.find(id) : operations.find(id));
    }

    int jobs(Operation operation) {
        return transactions.<Integer>read(
                Scope.platform(),
                () -> jdbc.queryForList(
                                "select 1 from scheduled_tasks where task_instance = ?",
                                operation.owner().tenant() + ":" + operation.id())
                        .size());
    }

    String jdbcText(Operation operation) {
        return transactions.read(
                Scope.platform(),
                () -> jdbc.queryForList("select o::text from operation o where id = ?", String.class, operation.id())
                        .toString());
    }

    <T extends @Nullable Object> T inTenant(Supplier<T> work) {
        return transactions.change(tenant, work);
    }

    static void reached(CountDownLatch latch) {
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
