package com.misybot.tenancy.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.web.ProblemException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OperationCancelTests extends OperationFixture {

    @Test
    void isCancelledAtOnceBeforeItHasBegun() {
        var runs = new AtomicInteger();
        var operation = unscheduled(_ -> runs.incrementAndGet());

        var cancelled = operations.cancel(operation, ANNA, CAUSE, null);
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

        var asked = operations.cancel(operation, ANNA, CAUSE, null);

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

        assertThatThrownBy(() -> operations.cancel(ended, ANNA, CAUSE, null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(OperationProblem.OPERATION_ENDED));
        assertThatThrownBy(() -> operations.cancel(stubborn, ANNA, CAUSE, null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code())
                                .isEqualTo(OperationProblem.OPERATION_NOT_CANCELLABLE));
    }
}
