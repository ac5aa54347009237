package com.misybot.tenancy.isolation.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import tools.jackson.databind.JsonNode;

/** The probe as an operator has it run: clean, and red as soon as a guard is taken away. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class ProbeTests {

    /** The stores that are probed, and how many attempts there are more of in each: a probe that tries nothing is clean as well. */
    private static final Map<String, Integer> STORES = Map.of("postgres", 80, "redis", 120, "mongodb", 60);

    private final Api api;
    private final JdbcTemplate owner;

    ProbeTests(ApplicationContext context, @Qualifier("ownerDataSource") DataSource owner) {
        this.api = Api.operator(context);
        this.owner = new JdbcTemplate(owner);
    }

    private JsonNode probe() {
        var answer = api.post("/isolation/probe", "{}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static Stream<JsonNode> attempts(JsonNode report, String store) {
        return stream(report.path("stores"))
                .filter(one -> one.path("store").asString().equals(store))
                .flatMap(one -> stream(one.path("attempts")));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    @Test
    void isCleanInEveryStore() {
        var report = probe();
        var bad = stream(report.path("stores"))
                .flatMap(store -> stream(store.path("attempts")))
                .filter(attempt -> !List.of("DENIED", "NOTHING")
                        .contains(attempt.path("outcome").asString()))
                .toList();
        assertThat(bad).isEmpty();
        assertThat(report.path("clean").asBoolean()).as(report.toString()).isTrue();
        assertThat(stream(report.path("stores"))
                        .map(store -> store.path("store").asString() + " "
                                + store.path("state").asString()))
                .containsExactlyInAnyOrderElementsOf(
                        STORES.keySet().stream().map(store -> store + " PROBED").toList());
        STORES.forEach((store, more) -> assertThat(attempts(report, store)).hasSizeGreaterThan(more));
        assertThat(api.get("/isolation/status").text("/status")).isEqualTo("UP");
    }

    @Test
    void leavesNothingBehind() {
        probe();
        assertThat(owner.queryForObject(
                        "select (select count(*) from canary) + (select count(*) from canary_mark)", Long.class))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alter table canary disable row level security | alter table canary enable row level security | select without one",
                "create policy planted on canary to tenancy_tenant using (true) | drop policy planted on canary | delete",
                "grant select on canary_0, canary_1 to tenancy_tenant; alter table canary_0 disable row level security; alter table canary_1 disable row level security |"
                        + " revoke select on canary_0, canary_1 from tenancy_tenant; alter table canary_0 enable row level security; alter table canary_1 enable row level security | partition",
                "grant truncate on canary_mark to tenancy_tenant | revoke truncate on canary_mark from tenancy_tenant | truncate"
            })
    void findsAGuardThatWasTakenAway(String plant, String repair, String way) {
        JsonNode report;
        owner.execute(plant);
        try {
            report = probe();
            assertThat(report.path("clean").asBoolean()).isFalse();
            assertThat(attempts(report, "postgres")
                            .filter(attempt ->
                                    attempt.path("outcome").asString().equals("REACHED"))
                            .map(attempt -> attempt.path("way").asString()))
                    .contains(way);
            var status = api.get("/isolation/status");
            assertThat(status.text("/status")).isEqualTo("DOWN");
            assertThat(status.response().body()).contains("probe_reached");
        } finally {
            owner.execute(repair);
            owner.execute("delete from canary");
        }
        assertThat(Objects.requireNonNull(probe()).path("clean").asBoolean()).isTrue();
        assertThat(api.get("/isolation/status").text("/status")).isEqualTo("UP");
    }
}
