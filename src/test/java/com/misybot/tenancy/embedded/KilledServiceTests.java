package com.misybot.tenancy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The whole service is killed under load: of each change there is the change, its entry and its event, or nothing, and what was
 * answered is there. Once by default; {@code -Dtenancy.test.service-kills=20} kills as often.
 */
@Execution(ExecutionMode.CONCURRENT)
class KilledServiceTests {

    private static final int KILLS = Integer.getInteger("tenancy.test.service-kills", 1);
    private static final int CLIENTS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicLong answered = new AtomicLong();

    @Test
    void leavesAChangeWithItsEntryAndItsEventOrNothing() throws Exception {
        try (var service = new OwnService(List.of(), List.of())) {
            for (var kill = 0; kill < KILLS; kill++) {
                service.start();
                var wanted = answered.get() + 20 + ThreadLocalRandom.current().nextInt(100);
                var clients = load(service);
                await().atMost(PATIENCE).until(() -> answered.get() >= wanted || !service.isAlive());
                assertThat(service.isAlive()).isTrue();
                service.kill();
                for (var client : clients) {
                    client.join();
                }
            }
            service.start();
            var administrator = service.administrator();
            assertThat(halves(administrator)).isEmpty();
            assertThat(administrator.queryForObject("""
                    select actor_kind || ' ' || actor_id from audit_entry
                    where tenant = '00000000-0000-0000-0000-000000000000' and action = 'api_key.created'""", String.class)).isEqualTo("SYSTEM first-operator-key");
            assertThat(administrator.queryForObject("select count(*) from audit_entry", Long.class))
                    .isGreaterThanOrEqualTo(answered.get());
        }
    }

    /** Clients that register tenants and change them until nobody answers any more. */
    private List<Thread> load(OwnService service) {
        return java.util.stream.IntStream.range(0, CLIENTS)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                    while (true) {
                        var slug = "killed-" + number.incrementAndGet();
                        var body = "{\"tenantId\":\"" + slug + "\",\"business\":{\"name\":\"Killed\"}}";
                        if (!counted(status(service, "POST", "/tenants", body))) {
                            return;
                        }
                        for (var change = 0; change < 5; change++) {
                            var patch = "{\"labels\":{\"n\":\"" + change + "\"}}";
                            if (!counted(status(service, "PATCH", "/tenants/" + slug, patch))) {
                                return;
                            }
                        }
                    }
                }))
                .toList();
    }

    private boolean counted(int status) {
        if (status / 100 == 2) {
            answered.incrementAndGet();
        }
        return status != 0;
    }

    /** The status of the answer; 0 without one. */
    private int status(OwnService service, String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/api/v1" + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + service.key())
                .header("If-Match", "*")
                .header("Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException unanswered) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static List<@Nullable String> halves(JdbcTemplate administrator) {
        return administrator.queryForList("""
                with told as (
                    select coalesce(a.tenant, e.tenant) as tenant, a.change, a.action, e.id
                    from audit_entry a full join (select * from event where type <> 'audit.checkpointed') e
                        on e.tenant = a.tenant and e.id = a.change
                    where coalesce(a.outcome, 'DONE') = 'DONE'
                )
                select 'an entry without its event: ' || action from told where id is null
                union all
                select 'an event without its entry: ' || tenant from told where change is null
                union all
                select 'version ' || t.version || ' of ' || t.tenant_id || ' after ' || count(o.change) || ' changes'
                from tenant t left join told o on o.tenant = t.id and o.action like 'tenant.%'
                group by t.id, t.version, t.tenant_id having t.version <> count(o.change)
                union all
                select 'entries of a trail up to ' || max(seq) || ' are ' || count(*)
                from audit_entry group by tenant having max(seq) <> count(*)
                """, String.class);
    }
}
