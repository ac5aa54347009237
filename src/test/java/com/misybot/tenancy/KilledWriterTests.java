package com.misybot.tenancy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.embedded.Administrator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/**
 * Whoever writes changes is killed in the midst of it: of each change there is the change, its entry and its event, or nothing. A few
 * times by default; {@code -Dtenancy.test.writer-kills=1000} kills as many.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class KilledWriterTests {

    private static final int KILLS = Integer.getInteger("tenancy.test.writer-kills", 6);
    private static final int TENANTS = 3;
    private static final int MOST_CHANGES = 200;

    private final Environment environment;
    private final JdbcTemplate administrator;
    private final Api api;

    KilledWriterTests(ApplicationContext context, Environment environment) {
        this.environment = environment;
        this.administrator = Administrator.of(environment);
        this.api = Api.operator(context);
    }

    @Test
    void leavesAChangeWithItsEntryAndItsEventOrNothing() throws Exception {
        var slugs = IntStream.range(0, TENANTS).mapToObj(_ -> Api.freeSlug()).toList();
        var tenants = slugs.stream()
                .map(slug ->
                        UUID.fromString(api.post("/tenants", Api.tenant(slug)).text("/id")))
                .toList();
        var before = versions(tenants);

        for (var kill = 0; kill < KILLS; kill++) {
            var told = writeAndKill(tenants);
            await().atMost(Duration.ofSeconds(30)).until(() -> writers() == 0);
            assertThat(versions(tenants) - before).isGreaterThanOrEqualTo(told);
            before = versions(tenants);
            for (var tenant : tenants) {
                assertThat(halves(tenant)).as("kill %d", kill).isEmpty();
            }
        }

        for (var slug : slugs) {
            assertThat(api.get("/tenants/" + slug + "/audit/verify").text("/valid"))
                    .isEqualTo("true");
        }
    }

    /** How many changes the writer said were committed. */
    private long writeAndKill(List<UUID> tenants) throws IOException, InterruptedException {
        var process = start(tenants);
        var told = 0L;
        var said = new StringBuilder();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            var wanted = 1 + ThreadLocalRandom.current().nextInt(MOST_CHANGES);
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.length() == 36) {
                    told++;
                } else {
                    said.append(line).append('\n');
                }
                if (told == wanted) {
                    process.toHandle().destroyForcibly();
                }
            }
            assertThat(told).as(said.toString()).isGreaterThanOrEqualTo(wanted);
        } finally {
            process.destroyForcibly().waitFor();
        }
        return told;
    }

    private Process start(List<UUID> tenants) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                environment.getRequiredProperty("spring.datasource.url"),
                environment.getRequiredProperty("tenancy.isolation.tenant.password")));
        tenants.forEach(tenant -> command.add(tenant.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private long versions(List<UUID> tenants) {
        return tenants.stream()
                .mapToLong(tenant -> requireNonNull(
                        administrator.queryForObject("select version from tenant where id = ?", Long.class, tenant)))
                .sum();
    }

    /** Sessions of writers whose last statement the server is still at. */
    private long writers() {
        return requireNonNull(administrator.queryForObject(
                "select count(*) from pg_stat_activity where application_name = 'writer'", Long.class));
    }

    /** What there is of a change where the rest of it is missing. */
    private List<@Nullable String> halves(UUID tenant) {
        return administrator.queryForList("""
                with told as (
                    select a.change, a.seq, e.id, e.sequence
                    from (select * from audit_entry where tenant = ?) a
                    full join (select * from event where tenant = ?) e on e.id = a.change
                )
                select 'entry ' || seq || ' without its event' from told where id is null
                union all
                select 'event ' || sequence || ' without its entry' from told where change is null
                union all
                select 'version ' || t.version || ' after ' || n.changes || ' changes'
                from tenant t, (select count(*) as changes from audit_entry where tenant = ? and action like 'tenant.%') n
                where t.id = ? and t.version <> n.changes
                union all
                select 'entries up to ' || n.last || ' are ' || n.entries
                from (select max(seq) as last, count(*) as entries from audit_entry where tenant = ?) n where n.last <> n.entries
                """, String.class, tenant, tenant, tenant, tenant, tenant);
    }
}
