package com.misybot.tenancy;

import static com.misybot.tenancy.Api.freeSlug;
import static com.misybot.tenancy.Api.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;

/**
 * PostgreSQL goes away and comes back: seen through a door between the service and it that can be shut. It is the only store:
 * there is neither Redis nor MongoDB here.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "tenancy.isolation.connection-timeout=500ms",
            "spring.autoconfigure.exclude=org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration,"
                    + "org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration"
        })
@DirtiesContext
class PostgresDownTests {

    private static final Door DOOR = new Door();

    private final ApplicationContext context;

    PostgresDownTests(@Autowired ApplicationContext context) {
        this.context = context;
    }

    @AfterEach
    void open() {
        DOOR.open();
    }

    @Test
    void answers503AndLivesAndRecoversWithoutARestart() throws Exception {
        var api = Api.operator(context);
        var slug = freeSlug();
        assertThat(api.post("/tenants", tenant(slug)).status()).isEqualTo(201);
        assertThat(health("readiness")).isEqualTo(200);

        DOOR.shut();
        for (var answer : java.util.List.of(
                api.get("/tenants/" + slug),
                api.post("/tenants", tenant(freeSlug())),
                api.post("/tenants/" + slug + "/deactivate", "{\"reason\":\"r\"}"))) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isNotBlank();
            assertThat(answer.text("/code")).isEqualTo("unavailable");
        }
        assertThat(health("liveness")).isEqualTo(200);
        assertThat(health("readiness")).isEqualTo(503);

        DOOR.open();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(api.get("/tenants/" + slug).status()).isEqualTo(200));
        assertThat(health("readiness")).isEqualTo(200);
        assertThat(api.get("/tenants/" + slug).text("/status")).isEqualTo("ACTIVE");
    }

    @Test
    void answers501ToWhatNeedsRedisAndAnswersTheRest() {
        var api = Api.operator(context);
        var slug = freeSlug();
        var made = api.post("/tenants", """
                {"tenantId":"%1$s","siteId":"%1$s-web","business":{"name":"Acme"},"allowedOrigins":["https://%1$s.example"]}""".formatted(slug));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.header("Misy-Propagation")).isEqualTo("done");
        var path = "/tenants/" + slug + "/sessions";
        var token = "misy_ses_" + "0".repeat(60);

        for (var answer : java.util.List.of(
                api.post("/sessions", """
                        {"siteId":"%1$s-web","origin":"https://%1$s.example","clientAddress":"192.0.2.1"}""".formatted(slug)),
                api.post(
                        "/sessions",
                        "{\"secret\":\"%s\",\"clientAddress\":\"192.0.2.1\"}".formatted(made.text("/secret"))),
                api.post("/sessions/introspect", "{\"token\":\"" + token + "\"}"),
                api.get(path),
                api.get(path + "/count"),
                api.get(path + "/00000000"),
                api.patch(path + "/00000000", "{}", "If-Match", "*"),
                api.delete(path + "/00000000", "If-Match", "*"))) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(501);
            assertThat(answer.text("/code")).isEqualTo("sessions_off");
        }
        assertThat(api.get("/context?siteId=%1$s-web&origin=https://%1$s.example".formatted(slug))
                        .status())
                .isEqualTo(200);
        var suspended = api.post("/tenants/" + slug + "/suspend", "{\"reason\":\"r\"}");
        assertThat(suspended.header("Misy-Propagation")).isEqualTo("done");
        assertThat(api.get("/context?siteId=%1$s-web&origin=https://%1$s.example".formatted(slug))
                        .text("/code"))
                .isEqualTo("tenant_suspended");
    }

    @Test
    void answers501ToWhatNeedsMongo() {
        var api = Api.operator(context);
        var slug = freeSlug();
        assertThat(api.post("/tenants", tenant(slug)).status()).isEqualTo(201);
        var path = "/tenants/" + slug + "/collections/notes";
        for (var answer : java.util.List.of(
                api.get(path.replace("/notes", "")),
                api.get(path),
                api.put(path, "{}"),
                api.delete(path, "If-Match", "*"),
                api.get(path + "/documents"),
                api.get(path + "/documents", "Accept", "application/x-ndjson"),
                api.get(path + "/documents/count"),
                api.get(path + "/documents/a"),
                api.put(path + "/documents/a", "{}"),
                api.patch(path + "/documents/a", "{}", "If-Match", "*"),
                api.delete(path + "/documents/a", "If-Match", "*"),
                api.post(path + "/documents/import", "", "Content-Type", "application/x-ndjson"))) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(501);
            assertThat(answer.text("/code")).isEqualTo("documents_off");
        }
        assertThat(api.get("/tenants/" + slug + "/limits").json().path("usage").has("documents"))
                .isFalse();
    }

    private int health(String group) throws Exception {
        var port = context.getEnvironment().getRequiredProperty("local.management.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health/" + group))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    /** Leads to PostgreSQL wherever it is: its address comes from the settings, or from the container. */
    @TestConfiguration
    static class ThroughTheDoor {

        @Bean
        static BeanPostProcessor doorToPostgres() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (bean instanceof DataSourceProperties settings && settings.getUrl() != null) {
                        settings.setUrl(throughTheDoor(settings.getUrl()));
                    }
                    return bean instanceof JdbcConnectionDetails container ? throughTheDoor(container) : bean;
                }
            };
        }

        private static String throughTheDoor(String url) {
            var address = URI.create(url.substring("jdbc:".length()));
            DOOR.leadTo(address.getHost(), address.getPort());
            return url.replace("//" + address.getAuthority() + "/", "//127.0.0.1:" + DOOR.port() + "/");
        }

        private static JdbcConnectionDetails throughTheDoor(JdbcConnectionDetails details) {
            var url = throughTheDoor(details.getJdbcUrl());
            return new JdbcConnectionDetails() {
                @Override
                public @Nullable String getUsername() {
                    return details.getUsername();
                }

                @Override
                public @Nullable String getPassword() {
                    return details.getPassword();
                }

                @Override
                public String getJdbcUrl() {
                    return url;
                }
            };
        }
    }
}
