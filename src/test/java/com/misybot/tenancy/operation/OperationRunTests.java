package com.misybot.tenancy.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.misybot.tenancy.operation.job.JobInterrupted;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.WebProblem;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OperationRunTests extends OperationFixture {

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
}
