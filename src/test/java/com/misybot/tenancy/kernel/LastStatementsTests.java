package com.misybot.tenancy.kernel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.kernel.LastStatements.Last;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What a transaction writes last, and what is done after it. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class LastStatementsTests {

    private static final String ADD = "insert into context_pending (tenant, mark) values (?, ?)";
    private static final String COUNT = "select count(*) as many from context_pending where mark = ?";

    private final ScopedTransactions transactions;
    private final LastStatements last;
    private final JdbcOperations jdbc;
    private final ApplicationEventPublisher events;
    private final Scope.Tenant tenant = Scope.tenant(UUID.randomUUID());
    private final UUID mark = UUID.randomUUID();
    private final List<Long> counted = new ArrayList<>();

    LastStatementsTests(
            ScopedTransactions transactions,
            LastStatements last,
            JdbcOperations jdbc,
            ApplicationEventPublisher events) {
        this.transactions = transactions;
        this.last = last;
        this.jdbc = jdbc;
        this.events = events;
    }

    private Last count() {
        return new Last(COUNT, List.of(mark), rows -> {
            while (rows.next()) {
                counted.add(rows.getLong("many"));
            }
        });
    }

    private Last add() {
        return Last.of(ADD, tenant.tenant(), mark);
    }

    @Test
    void runsThemInTheirOrderAfterEverythingElse() {
        transactions.change(tenant, () -> {
            last.add(this::count);
            last.add(this::add);
            last.add(() -> null);
            last.add(this::count);
            assertThat(counted).isEmpty();
            return null;
        });

        assertThat(counted).containsExactly(0L, 1L);
    }

    @Test
    void runsAtOnceWhatComesAfterThem() {
        transactions.change(tenant, () -> {
            last.add(this::add);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    last.add(LastStatementsTests.this::count);
                    assertThat(counted).containsExactly(1L);
                }
            });
            return null;
        });

        assertThat(counted).hasSize(1);
    }

    @Test
    void undoesTheTransactionWhereOneOfThemFails() {
        assertThatThrownBy(() -> transactions.change(tenant, () -> {
                    last.add(this::add);
                    last.add(this::add);
                    return null;
                }))
                .isInstanceOf(DataIntegrityViolationException.class);

        assertThat(transactions.<Long>read(
                        tenant,
                        () -> jdbc.queryForObject(
                                "select count(*) from context_pending where mark = ?", Long.class, mark)))
                .isZero();
    }

    @Test
    void wantsATransaction() {
        assertThatThrownBy(() -> last.add(this::add)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ScopedTransactions.afterwards(() -> {})).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void doesAfterwardsWhatWaitsForOthersWithoutATransaction() {
        var inTransaction = new ArrayList<Boolean>();
        transactions.change(tenant, () -> {
            transactions.change(tenant, () -> {
                ScopedTransactions.afterwards(
                        () -> inTransaction.add(TransactionSynchronizationManager.isActualTransactionActive()));
                return null;
            });
            assertThat(inTransaction).isEmpty();
            return null;
        });
        assertThat(inTransaction).containsExactly(false);

        assertThatThrownBy(() -> transactions.change(tenant, () -> {
                    ScopedTransactions.afterwards(() -> inTransaction.add(true));
                    throw new UnsupportedOperationException("changed my mind");
                }))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(inTransaction).hasSize(1);
    }

    @Test
    void holdsTheLockOfATenantWhereAChangeIsToldAndNowhereElse() {
        assertThat(transactions.<Long>change(tenant, this::locks)).isEqualTo(1);
        assertThat(transactions.<Long>change(tenant, () -> {}, this::locks)).isEqualTo(1);
        assertThat(transactions.<Long>changeUntold(tenant, this::locks)).isZero();
        assertThat(transactions.<Long>changeUntold(tenant, () -> transactions.change(tenant, this::locks)))
                .isEqualTo(1);
        assertThat(transactions.<Boolean>changeUntold(tenant, ScopedTransactions::isLocking))
                .isFalse();
        assertThat(transactions.<Boolean>change(tenant, ScopedTransactions::isLocking))
                .isTrue();
    }

    @Test
    void refusesAChangeThatIsToldWithoutTheLock() {
        var change = new Change(
                UUID.randomUUID(),
                tenant.tenant(),
                "tenant.updated",
                "acme-dental",
                new TreeMap<>(),
                Cause.of(Actor.system("test")),
                Instant.EPOCH);

        assertThatThrownBy(() -> transactions.changeUntold(tenant, () -> {
                    events.publishEvent(change);
                    return null;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("under its lock: tenant.updated");
    }

    /** How many advisory locks this transaction holds. */
    private Long locks() {
        return requireNonNull(jdbc.queryForObject(
                "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()", Long.class));
    }
}
