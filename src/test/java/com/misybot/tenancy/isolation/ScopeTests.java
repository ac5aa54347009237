package com.misybot.tenancy.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.util.UUID;
import javax.sql.DataSource;
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
    private final CatalogueCheck check;

    ScopeTests(
            @Autowired ScopedTransactions transactions,
            @Autowired PlatformTransactionManager transactionManager,
            @Autowired JdbcClient jdbc,
            @Autowired @Qualifier("ownerDataSource") DataSource owner,
            @Autowired CatalogueCheck check) {
        this.transactions = transactions;
        this.transactionManager = transactionManager;
        this.jdbc = jdbc;
        this.owner = new JdbcTemplate(owner);
        this.check = check;
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
        owner.execute("create table tenant_of_nobody (id uuid primary key)");
        owner.execute("comment on table tenant_of_nobody is 'platform. For this test.'");
        owner.update("insert into note values (?, 1, 'hers'), (?, 1, 'his')", ANNA, BERT);
    }

    @AfterEach
    void dropTheNotes() {
        owner.execute("drop view if exists planted_view");
        owner.execute("drop function if exists planted_function()");
        owner.execute("drop table if exists note, planted, tenant_of_nobody");
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
                .hasStackTraceContaining("no tenant scope is bound");
    }

    @Test
    void leavesNoBindingOnThePooledConnection() {
        for (var i = 0; i < 30; i++) {
            transactions.read(Scope.tenant(ANNA), this::notes);
        }
        assertThatThrownBy(() -> Scope.tenant(ANNA).call(this::notes))
                .hasStackTraceContaining("no tenant scope is bound");
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

    @Test
    void findsNoBreachInTheCatalogueOfThisBuild() {
        dropTheNotes();
        assertThat(check.breaches()).isEmpty();
    }

    @Test
    void findsPlantedBreaches() {
        assertBreach("alter table note no force row level security", "disabled or not forced");
        assertBreach("create policy planted on note to tenancy_tenant using (true)", "beyond its own rows");
        assertBreach("create policy planted on note to public using (true)", "beyond its own rows");
        assertBreach("create unique index planted_index on note (text)", "does not begin with the tenant");
        assertBreach("grant truncate on note to tenancy_tenant", "is granted TRUNCATE");
        assertBreach("grant update on note to tenancy_platform", "may UPDATE note");
        assertBreach("grant select on note to public", "role public is granted SELECT");
        assertBreach("create table planted (id int)", "does not say in its comment");
        assertBreach(
                "create table planted (tenant uuid, id int, other uuid references tenant_of_nobody, primary key (tenant, id));"
                        + " comment on table planted is 'tenant-owned by=tenant. Planted.'",
                "does not carry the tenant");
        assertBreach("comment on table note is 'tenant-owned by=tenant, and more'", "does not say in its comment");
        assertBreach(
                "create view planted_view as select * from note; grant select on planted_view to tenancy_tenant",
                "view or materialized view planted_view");
        assertBreach(
                "create function planted_function() returns int language sql security definer as 'select 1'",
                "runs with the rights of its owner");
        assertBreach("drop policy tenant_all_v1 on note", "no policy for the tenant role");
        assertBreach(
                "create policy planted on note for update to tenancy_platform using (true)",
                "lets the platform role change rows");
    }

    private void assertBreach(String sql, String expected) {
        dropTheNotes();
        twoTenantsWithANoteEach();
        owner.execute(sql);
        assertThat(check.breaches())
                .as(sql)
                .anySatisfy(breach -> assertThat(breach).contains(expected));
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
