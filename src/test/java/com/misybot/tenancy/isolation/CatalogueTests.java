package com.misybot.tenancy.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.MovableClock;
import com.misybot.tenancy.kernel.SecurityEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is wrong with tables is planted in the real catalogue and taken out again. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@ExtendWith(OutputCaptureExtension.class)
class CatalogueTests {

    private final JdbcTemplate owner;
    private final CatalogueCheck check;
    private final SecurityEvents events;

    CatalogueTests(
            @Autowired @Qualifier("ownerDataSource") DataSource owner,
            @Autowired CatalogueCheck check,
            @Autowired SecurityEvents events) {
        this.owner = new JdbcTemplate(owner);
        this.check = check;
        this.events = events;
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
        owner.execute("drop materialized view if exists planted_materialized");
        owner.execute("drop function if exists planted_function()");
        owner.execute("drop table if exists planted_part, note, planted, tenant_of_nobody");
        owner.execute("drop sequence if exists planted_sequence");
        owner.execute("drop schema if exists planted_schema cascade");
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
        assertBreach(
                "create materialized view planted_materialized as select * from note;"
                        + " grant select on planted_materialized to tenancy_tenant",
                "view or materialized view planted_materialized");
        assertBreach(
                "create sequence planted_sequence; grant usage on planted_sequence to tenancy_tenant",
                "sequence, view or materialized view planted_sequence");
    }

    @Test
    void findsWhatCannotBeTrustedInATableOfTenants() {
        assertBreach("alter table note drop constraint note_pkey, alter tenant drop not null", "rows without a tenant");
        assertBreach("comment on table note is 'tenant-owned by=owner. Planted.'", "has no column owner");
        assertBreach(
                "alter table note drop constraint note_pkey, add exclude using gist (int4range(id, id, '[]') with &&)",
                "does not begin with the tenant");
        assertBreach(
                "create rule planted as on insert to note do also insert into tenant_of_nobody values (new.tenant)",
                "rule planted on note runs with the rights of its owner");
        assertBreach(
                "create policy planted on note for insert to tenancy_platform with check (true)",
                "lets the platform role change rows");
        assertBreach("create policy planted on note for delete to tenancy_keeper using (true)", "lets the keeper in");
        assertBreach(
                "create policy planted on note for select to pg_monitor using (true)",
                "is for pg_monitor, which is no role of the service");
    }

    @Test
    void findsAKeyThatTakesTheTenantForSomethingElse() {
        assertBreach(
                "create table planted (tenant uuid, id uuid, other uuid, primary key (tenant, id), unique (id, tenant),"
                        + " foreign key (tenant, other) references planted (id, tenant));"
                        + " comment on table planted is 'tenant-owned by=tenant. Planted.'",
                "foreign key planted_tenant_other_fkey on planted does not carry the tenant");
    }

    @Test
    void findsAPartitionWithoutTheRulesOfItsTable() {
        plantPartitions();
        assertThat(check.breaches())
                .anySatisfy(breach -> assertThat(breach).contains("planted_part has row level security disabled"))
                .anySatisfy(breach -> assertThat(breach).contains("planted_part has no policy for the tenant role"));
    }

    @Test
    void givesPartitionsTheRulesOfTheirTableAndFindsOneThatIsGranted() throws IOException {
        plantPartitions();
        owner.execute(new ClassPathResource("db/migration/afterMigrate__policies.sql")
                .getContentAsString(StandardCharsets.UTF_8));
        assertThat(check.breaches()).isEmpty();

        owner.execute("grant select on planted_part to tenancy_tenant");
        assertThat(check.breaches())
                .anySatisfy(breach ->
                        assertThat(breach).contains("partition planted_part is granted to a role of the service"));
    }

    private void plantPartitions() {
        owner.execute(
                "create table planted (tenant uuid, id int, primary key (tenant, id)) partition by hash (tenant)");
        owner.execute("comment on table planted is 'tenant-owned by=tenant. Planted.'");
        owner.execute("create table planted_part partition of planted for values with (modulus 1, remainder 0)");
    }

    @Test
    void findsWhatIsHiddenInASchemaOfItsOwn() {
        assertBreach(
                "create schema planted_schema; create table planted_schema.planted (id int);"
                        + " grant select on planted_schema.planted to tenancy_tenant",
                "table planted_schema.planted does not say in its comment");
        assertBreach(
                "create schema planted_schema; create function planted_schema.f() returns int language sql"
                        + " security definer as 'select 1'",
                "function f runs with the rights of its owner");
        assertBreach(
                "create schema planted_schema; grant create on schema planted_schema to tenancy_tenant",
                "role tenancy_tenant may make things in schema planted_schema");
    }

    @Test
    void findsWhatIsGrantedByDefault() {
        assertBreach(
                "alter default privileges grant execute on functions to public",
                "alter default privileges revoke execute on functions from public",
                "functions that tenancy_owner makes may be run by everybody");
        for (var what : Map.of("select", "tables", "usage", "sequences", "execute", "functions")
                .entrySet()) {
            var granted = what.getKey() + " on " + what.getValue();
            assertBreach(
                    "alter default privileges in schema public grant " + granted + " to tenancy_tenant",
                    "alter default privileges in schema public revoke " + granted + " from tenancy_tenant",
                    "role tenancy_tenant is granted " + what.getKey().toUpperCase(Locale.ROOT) + " by default");
        }
    }

    @Test
    void findsAnotherFunctionInThePlaceOfTheScope() throws IOException {
        var made = new ClassPathResource("db/migration/isolation/V23__scope_inlined.sql")
                .getContentAsString(StandardCharsets.UTF_8);
        var restore = made.substring(made.indexOf("create or replace function"));
        var current = "create or replace function current_tenant() returns uuid stable parallel safe ";
        for (var plant : List.of(
                current + "language plpgsql as $$ begin return current_setting('tenancy.tenant', true); end $$",
                current + "language sql return nullif(current_setting('tenancy.tenant', true), '')::uuid",
                current + "language sql set search_path = '' return current_setting('tenancy.tenant')::uuid",
                "alter function current_tenant() volatile")) {
            assertBreach(plant, restore, "function current_tenant() is not the one");
        }
    }

    @Test
    void findsAJobOfAnotherTenantWithinReach() {
        for (var qual :
                List.of("(select current_tenant()) is not null", "not picked or (select current_tenant()) is null")) {
            assertBreach(
                    "create policy planted on scheduled_tasks for select to tenancy_tenant using (%s)".formatted(qual),
                    "drop policy planted on scheduled_tasks",
                    "policy planted on scheduled_tasks lets a tenant in without asking");
        }
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
        var health = new CatalogueHealthIndicator(new CatalogueWatch(check, events, clock));
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
