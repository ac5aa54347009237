package com.misybot.tenancy.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.Scope;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class OperationsTests extends OperationFixture {

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
    void keepsAResultWithoutItsSecrets() throws Exception {
        record Registered(String name, OneTimeSecret secret) {}

        var ended = ended(start(_ -> new Registered("acme", new OneTimeSecret("misy_ten_x"))));

        assertThat(ended.status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(ended.state().result()).hasToString("{\"name\":\"acme\",\"secret\":null}");
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
                () -> new DoneOperations(store, json)
                        .insert(OperationOrder.of("test.work", tenant, null, ANNA.actor()), null));
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
}
