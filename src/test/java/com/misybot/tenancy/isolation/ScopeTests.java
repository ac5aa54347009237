package com.misybot.tenancy.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
class ScopeTests {

    private static final UUID ANNA = UUID.fromString("01930000-0000-7000-8000-00000000000a");
    private static final UUID BERT = UUID.fromString("01930000-0000-7000-8000-00000000000b");

    private final ScopedTransactions transactions;
    private final PlatformTransactionManager transactionManager;
    private final JdbcClient jdbc;
    private final JdbcTemplate owner;

    ScopeTests(
            @Autowired ScopedTransactions transactions,
            @Autowired PlatformTransactionManager transactionManager,
            @Autowired JdbcClient jdbc,
            @Autowired @Qualifier("ownerDataSource") DataSource owner) {
        this.transactions = transactions;
        this.transactionManager = transactionManager;
        this.jdbc = jdbc;
        this.owner = new JdbcTemplate(owner);
    }

    @BeforeEach
    void twoTenantsWithANoteEach() {
        owner.execute("create table note (tenant uuid, id int, text text, primary key (tenant, id))");
        owner.execute("comment on table note is 'tenant-owned by=tenant. For this test.'");
        owner.execute("alter table note enable row level security, force row level security");
        owner.execute("create policy tenant_all_v1 on note to tenancy_tenant using (tenant = (select current_tenant()))"
                + " with check (tenant = (select current_tenant()))");
        owner.execute("create policy owner_all_v1 on note to tenancy_owner using (true) with check (true)");
        owner.execute("grant select, insert, update, delete on note to tenancy_tenant");
        owner.update("insert into note values (?, 1, 'hers'), (?, 1, 'his')", ANNA, BERT);
    }

    @AfterEach
    void dropTheNotes() {
        owner.execute("drop table note");
    }

    @Test
    void seesAndChangesTheRowsOfItsTenantAlone() {
        assertThat(transactions.read(Scope.tenant(ANNA), this::notes)).isEqualTo("hers");
        var changed = transactions.change(
                Scope.tenant(ANNA),
                () -> jdbc.sql("update note set text = 'mine'").update());
        assertThat(changed).isEqualTo(1);
        assertThat(transactions.read(Scope.tenant(BERT), this::notes)).isEqualTo("his");
    }

    @Test
    void refusesToWriteARowOfAnotherTenant() {
        assertThatThrownBy(() -> transactions.change(
                        Scope.tenant(ANNA),
                        () -> jdbc.sql("insert into note values (?, 2, 'forged')")
                                .param(BERT)
                                .update()))
                .isInstanceOf(DataAccessException.class)
                .hasStackTraceContaining("row-level security");
    }

    @Test
    void refusesWorkWithoutAScope() {
        assertThatThrownBy(() -> jdbc.sql("select 1").query(Integer.class).single())
                .hasRootCauseInstanceOf(Scope.NoScopeException.class);
        assertThatThrownBy(() -> new TransactionTemplate(transactionManager).execute(_ -> 1))
                .isInstanceOf(Scope.NoScopeException.class);
    }

    @Test
    void raisesWhereTheBindingIsMissing() {
        assertThatThrownBy(() -> Scope.tenant(ANNA).call(this::notes))
                .rootCause()
                .asInstanceOf(InstanceOfAssertFactories.throwable(SQLException.class))
                .extracting(SQLException::getSQLState)
                .isIn("42704", "22P02"); // no such setting; nothing left in it
    }

    @Test
    void leavesNoBindingOnThePooledConnection() {
        for (var i = 0; i < 30; i++) {
            transactions.read(Scope.tenant(ANNA), this::notes);
        }
        assertThatThrownBy(() -> Scope.tenant(ANNA).call(this::notes))
                .hasStackTraceContaining("invalid input syntax for type uuid: \"\"");
    }

    @Test
    void refusesAnotherScopeInsideATransaction() {
        assertThatThrownBy(() -> transactions.change(
                        Scope.tenant(ANNA), () -> transactions.read(Scope.tenant(BERT), this::notes)))
                .isInstanceOf(Scope.ScopeChangedException.class);
        assertThatThrownBy(() ->
                        transactions.change(Scope.tenant(ANNA), () -> transactions.read(Scope.platform(), this::notes)))
                .isInstanceOf(Scope.ScopeChangedException.class);
    }

    @Test
    void joinsATransactionOfTheSameScope() {
        assertThat(transactions.change(Scope.tenant(ANNA), () -> transactions.read(Scope.tenant(ANNA), this::notes)))
                .isEqualTo("hers");
    }

    @Test
    void refusesASecondConnectionWhileOneIsHeld() {
        var second = new TransactionTemplate(transactionManager);
        second.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        assertThatThrownBy(() -> transactions.change(Scope.tenant(ANNA), () -> second.execute(_ -> 1)))
                .hasMessageContaining("second connection");
    }

    @Test
    void worksAsTheRoleOfItsScope() {
        assertThat(transactions.read(Scope.tenant(ANNA), this::role)).isEqualTo("tenancy_tenant");
        assertThat(transactions.read(Scope.platform(), this::role)).isEqualTo("tenancy_platform");
        assertThat(transactions.read(Scope.keeper(), this::role)).isEqualTo("tenancy_keeper");
    }

    /** Read in a session of each role: what a role, a database and a URL set, together. */
    @Test
    void endsATransactionOfEachRoleWithinThirtySeconds() {
        for (var scope : List.of(Scope.tenant(ANNA), Scope.platform(), Scope.keeper())) {
            assertThat(transactions.read(scope, () -> setting("transaction_timeout")))
                    .as(scope.toString())
                    .isEqualTo("30s");
            assertThat(transactions.read(scope, () -> setting("idle_in_transaction_session_timeout")))
                    .as(scope.toString())
                    .isEqualTo("15s");
            assertThat(transactions.read(scope, () -> setting("lock_timeout")))
                    .as(scope.toString())
                    .isEqualTo("10s");
        }
    }

    private String setting(String name) {
        return jdbc.sql("select current_setting(?)")
                .param(name)
                .query(String.class)
                .single();
    }

    private String notes() {
        return jdbc.sql("select string_agg(text, ',') from note")
                .query(String.class)
                .single();
    }

    private String role() {
        return jdbc.sql("select current_user").query(String.class).single();
    }
}
