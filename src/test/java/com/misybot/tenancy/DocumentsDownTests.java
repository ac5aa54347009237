package com.misybot.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.document.Desk;
import com.misybot.tenancy.lifecycle.TenantStore;
import com.mongodb.ConnectionString;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;

/** MongoDB goes away, or hangs, and comes back: seen through a door between the service and it. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "tenancy.document.timeout=500ms")
@DirtiesContext
class DocumentsDownTests {

    private static final Door DOOR = new Door();

    /** A server that does not answer: 250 ms for the look-out or 500 ms for an answer, and what a busy machine adds. */
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final ApplicationContext context;

    DocumentsDownTests(@Autowired ApplicationContext context) {
        this.context = context;
    }

    @AfterEach
    void open() {
        DOOR.open();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answers503AndEverythingElseGoesOn(boolean hung) throws Exception {
        var desk = Desk.of(context);
        var api = desk.api;
        var path = desk.collection("{}");
        assertThat(api.put(path + "/documents/a", "{\"n\":1}").status()).isEqualTo(201);

        if (hung) {
            DOOR.hang();
        } else {
            DOOR.shut();
        }
        for (var i = 0; i < 3; i++) {
            for (var ask : List.<java.util.function.Supplier<Api.Answer>>of(
                    () -> api.get(path + "/documents/a"),
                    () -> api.get(path + "/documents"),
                    () -> api.get(path + "/documents", "Accept", "application/x-ndjson"),
                    () -> api.get(path + "/documents/count"),
                    () -> api.put(path + "/documents/b", "{}"),
                    () -> api.patch(path + "/documents/a", "{}", "If-Match", "*"),
                    () -> api.delete(path + "/documents/a", "If-Match", "*"))) {
                var began = System.nanoTime();
                var answer = ask.get();
                assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
                assertThat(answer.header("Retry-After")).isNotBlank();
                assertThat(answer.text("/code")).isEqualTo("unavailable");
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONGEST);
            }
        }
        assertThat(readiness()).isEqualTo(200);
        assertThat(api.get(path).status()).isEqualTo(200);
        assertThat(api.put(path + "2", "{}").status()).isEqualTo(201);
        var tenant = path.substring(0, path.indexOf("/collections"));
        assertThat(api.get(tenant + "/limits").status()).isEqualTo(200);
        // a plan's collections are declared, and made in MongoDB by their first document
        var made = api.post("/tenants", Api.tenant(Api.freeSlug()));
        assertThat(made.text("/status")).as(made.toString()).isEqualTo("ACTIVE");

        DOOR.open();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                api.get(path + "/documents/a").response().body())
                        .isEqualTo("{\"n\":1}"));
        assertThat(api.put(path + "/documents/c", "{}").status()).isEqualTo(201);
        var store = context.getBean("mongodb", TenantStore.class);
        assertThat(store.holding(desk.id(path)).parts()).singleElement().satisfies(part -> {
            assertThat(part.items()).isEqualTo(2);
            assertThat(part.bytes()).isPositive();
        });
    }

    private int readiness() throws Exception {
        var port = context.getEnvironment().getRequiredProperty("local.management.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    @TestConfiguration
    static class BehindTheDoor {

        @Bean
        static BeanPostProcessor mongoBehindTheDoor() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof MongoConnectionDetails details ? behind(details) : bean;
                }
            };
        }

        private static MongoConnectionDetails behind(MongoConnectionDetails details) {
            var there = details.getConnectionString();
            var host = there.getHosts().getFirst().split(":", -1);
            DOOR.leadTo(host[0], Integer.parseInt(host[1]));
            var here = new ConnectionString(
                    "mongodb://127.0.0.1:" + DOOR.port() + "/" + Objects.requireNonNull(there.getDatabase()));
            return () -> here;
        }
    }
}
