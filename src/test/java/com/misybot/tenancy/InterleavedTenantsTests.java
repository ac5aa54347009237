package com.misybot.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.RivalClient.Call;
import com.misybot.tenancy.security.apikey.TestKeys;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/**
 * Two tenants are called for by {@value #CLIENTS} clients at once, with two connections for each role of the database: answers
 * that nobody waits for, bodies that break off, bad requests and calls for the other one in between. Nothing of one is found where
 * the other, or nobody, may look. A few calls by default; {@code -Dtenancy.test.interleaved=20000} makes as many as that.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "tenancy.isolation.pool-size=2",
            "tenancy.isolation.connection-timeout=2s",
            "tenancy.document.max-size=16KB",
            "tenancy.tenant.permissions=canary-amber-7f3a,canary-cobalt-91de"
        })
@DirtiesContext
@TestConstructor(autowireMode = AutowireMode.ALL)
@ExtendWith(OutputCaptureExtension.class)
class InterleavedTenantsTests {

    private static final int CLIENTS = 64;
    private static final int CALLS = Integer.getInteger("tenancy.test.interleaved", 2_000);
    private static final List<String> POOLS = List.of("tenantDataSource", "platformDataSource", "keeperDataSource");

    private final ApplicationContext context;
    private final RivalStores stores;
    private final int port;
    private final int managementPort;
    private final ConcurrentHashMap<String, LongAdder> seen = new ConcurrentHashMap<>();

    InterleavedTenantsTests(
            ApplicationContext context, @LocalServerPort int port, @LocalManagementPort int managementPort) {
        this.context = context;
        this.stores = new RivalStores(context);
        this.port = port;
        this.managementPort = managementPort;
    }

    @Test
    void nothingOfOneIsSeenByTheOther(CapturedOutput output) throws Exception {
        var operator = Api.operator(context);
        var one = Rival.register(operator, "canary-amber-7f3a");
        var two = Rival.register(operator, "canary-cobalt-91de");
        try (var log = LogLines.of("ROOT")) {
            interleave(one, two);
            // the pools have all their connections back, and both are served as before
            await().untilAsserted(() -> assertThat(POOLS)
                    .allSatisfy(pool -> assertThat(context.getBean(pool, HikariDataSource.class)
                                    .getHikariPoolMXBean()
                                    .getActiveConnections())
                            .isZero()));
            for (var rival : List.of(one, two)) {
                var tenant = Api.with(context, rival.secret());
                assertThat(tenant.get(rival.path()).status()).isEqualTo(200);
                assertThat(tenant.put(rival.documents() + "/last", "{\"only\":\"%s\"}".formatted(rival.canary()))
                                .status())
                        .isEqualTo(201);
            }
            var metrics = metrics();
            for (var rival : List.of(one, two)) {
                assertThat(Stream.of(log.text(), output.getAll(), metrics))
                        .allSatisfy(text -> assertThat(text).doesNotContain(rival.canary(), rival.secret()));
            }
        }
        requireApart(one, two);
        requireApart(two, one);
        assertThat(Call.values())
                .as(() -> "what was answered: " + new TreeMap<>(seen))
                .allSatisfy(call -> assertThat(seen).containsKey(call + " " + call.answer));
    }

    private void interleave(Rival one, Rival two) throws Exception {
        var platform = TestKeys.service(context);
        List<Callable<Void>> clients = new ArrayList<>();
        try (var http = new RudeHttp(port);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var client = 0; client < CLIENTS; client++) {
                var dice = new Random(client);
                var caller = new RivalClient(http, platform, dice, seen);
                clients.add(() -> {
                    for (var i = 0; i < CALLS / CLIENTS + 1; i++) {
                        var first = dice.nextBoolean();
                        caller.call(first ? one : two, first ? two : one);
                    }
                    return null;
                });
            }
            for (var done : threads.invokeAll(clients)) {
                done.get();
            }
        }
    }

    /** Each store has the canary of this tenant among what is the tenant's, and not that of the other. */
    private void requireApart(Rival self, Rival other) {
        assertThat(Stream.of(stores.postgres(self), stores.redis(self), stores.mongo(self)))
                .allSatisfy(text -> {
                    assertThat(text).contains(self.canary());
                    self.requireNothingOf(other, text, "a store");
                });
    }

    private String metrics() throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/actuator/prometheus"))
                .header("Authorization", "Bearer " + TestKeys.service(context, "platform:metrics"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var scraped = http.send(request, BodyHandlers.ofString());
            assertThat(scraped.statusCode()).isEqualTo(200);
            assertThat(scraped.body()).contains("http_server_requests");
            return scraped.body();
        }
    }
}
