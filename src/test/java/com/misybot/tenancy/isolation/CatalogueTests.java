package com.misybot.tenancy.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.MovableClock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is wrong with tables is planted in the real catalogue and taken out again. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@ExtendWith(OutputCaptureExtension.class)
class CatalogueTests {

    private final JdbcTemplate owner;
    private final CatalogueCheck check;

    CatalogueTests(@Autowired @Qualifier("ownerDataSource") DataSource owner, @Autowired CatalogueCheck check) {
        this.owner = new JdbcTemplate(owner);
        this.check = check;
    }

    @BeforeEach
    void aTableOfTenants() {
        owner.execute("create table note (tenant uuid, id int, text text, primary key (tenant, id))");
        owner.execute("comment on table note is 'tenant-owned by=tenant. For this test.'");
        owner.execute("alter table note enable row level security, force row level security");
        owner.execute("create policy tenant_all_v1 on note to tenancy_tenant using (tenant = (select current_tenant()))"
                + " with check (tenant = (select current_tenant()))");
        owner.execute("create policy owner_all_v1 on note to tenancy_owner using (true) with check (true)");
        owner.execute("grant select, insert, update, delete on note to tenancy_tenant");
        owner.execute("create table tenant_of_nobody (id uuid primary key)");
        owner.execute("comment on table tenant_of_nobody is 'platform. For this test.'");
    }

    @AfterEach
    void dropWhatIsPlanted() {
        owner.execute("drop view if exists planted_view");
        owner.execute("drop function if exists planted_function()");
        owner.execute("drop table if exists note, planted, tenant_of_nobody");
        assertThat(check.breaches()).as("what is left behind").isEmpty();
    }

    @Test
    void findsNoBreachInTheCatalogueOfThisBuild() {
        assertThat(check.breaches()).isEmpty();
    }

    @Test
    void findsWhatIsWrongWithATableOfTenants() {
        assertBreach("alter table note no force row level security", "disabled or not forced");
        assertBreach("create policy planted on note to tenancy_tenant using (true)", "beyond its own rows");
        assertBreach("create policy planted on note to public using (true)", "beyond its own rows");
        assertBreach("create unique index planted_index on note (text)", "does not begin with the tenant");
        assertBreach("create table planted (id int)", "does not say in its comment");
        assertBreach(
                "create table planted (tenant uuid, id int, other uuid references tenant_of_nobody, primary key (tenant, id));"
                        + " comment on table planted is 'tenant-owned by=tenant. Planted.'",
                "does not carry the tenant");
        assertBreach("comment on table note is 'tenant-owned by=tenant, and more'", "does not say in its comment");
        assertBreach("drop policy tenant_all_v1 on note", "no policy for the tenant role");
        assertBreach(
                "create policy planted on note for update to tenancy_platform using (true)",
                "lets the platform role change rows");
    }

    @Test
    void findsWhatIsGrantedTooMuch() {
        assertBreach("grant truncate on note to tenancy_tenant", "tenancy_tenant is granted TRUNCATE on note");
        assertBreach("grant update on note to tenancy_platform", "tenancy_platform may UPDATE note");
        assertBreach("grant select on note to public", "role public is granted SELECT on note");
        assertBreach("grant update (text) on note to tenancy_platform", "tenancy_platform may UPDATE note.text");
        assertBreach("grant select (text) on note to public", "role public is granted SELECT on note.text");
        assertBreach(
                "grant references (id) on note to tenancy_tenant", "tenancy_tenant is granted REFERENCES on note.id");
        assertBreach(
                "create view planted_view as select * from note; grant select on planted_view to tenancy_tenant",
                "view or materialized view planted_view");
        assertBreach(
                "create view planted_view as select * from note; grant select (text) on planted_view to tenancy_tenant",
                "view or materialized view planted_view");
        assertBreach(
                "create function planted_function() returns int language sql security definer as 'select 1'",
                "runs with the rights of its owner");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name_claim", "api_key", "plan", "scheduled_tasks", "signing_key"})
    void findsATableOfThePlatformThatItsPoliciesNoLongerGuard(String table) {
        assertBreach(
                "alter table %s disable row level security".formatted(table),
                "alter table %s enable row level security".formatted(table),
                "table " + table + " has row level security disabled or not forced");
        assertBreach(
                "alter table %s no force row level security".formatted(table),
                "alter table %s force row level security".formatted(table),
                "table " + table + " has row level security disabled or not forced");
        for (var policy : List.of("to tenancy_tenant using (true)", "for insert to public with check (true)")) {
            assertBreach(
                    "create policy planted on %s %s".formatted(table, policy),
                    "drop policy planted on " + table,
                    "policy planted on " + table + " lets a tenant in without asking");
        }
    }

    @Test
    void findsATableThatATenantWritesWithoutAnyPolicy() {
        assertBreach(
                "create table planted (id int); comment on table planted is 'platform. Planted.';"
                        + " grant insert (id) on planted to tenancy_tenant",
                "table planted has row level security disabled");
    }

    @Test
    void endsTheStartWithASentenceForEachBreach() {
        owner.execute("create table planted (id int)");
        owner.execute("grant select on planted to public");

        assertThatThrownBy(check::afterSingletonsInstantiated)
                .isInstanceOf(IsolationException.class)
                .hasMessageContainingAll(
                        "table planted does not say in its comment whose it is",
                        "role public is granted SELECT on planted",
                        "docs/database-roles.md");
    }

    @Test
    void turnsReadinessRedWithinAMinuteAndGreenAgain(CapturedOutput output) {
        var clock = MovableClock.standing();
        var health = new CatalogueHealthIndicator(check, clock);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);

        owner.execute("alter table note disable row level security");
        clock.move(Duration.ofSeconds(61));
        assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(output).contains("Security event", "table note has row level security disabled");

        owner.execute("alter table note enable row level security");
        clock.move(Duration.ofSeconds(61));
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    private void assertBreach(String sql, String expected) {
        dropWhatIsPlanted();
        aTableOfTenants();
        assertBreach(sql, "select 1", expected);
    }

    private void assertBreach(String plant, String restore, String expected) {
        try {
            owner.execute(plant);
            assertThat(check.breaches())
                    .as(plant)
                    .anySatisfy(breach -> assertThat(breach).contains(expected));
        } finally {
            owner.execute(restore);
        }
    }
}
