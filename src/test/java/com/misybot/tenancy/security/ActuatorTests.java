package com.misybot.tenancy.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.security.apikey.TestKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class ActuatorTests {

    private final ApplicationContext context;
    private final Environment environment;
    private final int port;
    private final int managementPort;
    private final HttpClient http = HttpClient.newHttpClient();

    ActuatorTests(
            ApplicationContext context,
            Environment environment,
            @LocalServerPort int port,
            @LocalManagementPort int managementPort) {
        this.context = context;
        this.environment = environment;
        this.port = port;
        this.managementPort = managementPort;
    }

    @Test
    void tellsEverybodyThatItIsWellAndNoMore() throws Exception {
        var health = get(managementPort, "/actuator/health", null);

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).isEqualTo("{\"groups\":[\"liveness\",\"readiness\"],\"status\":\"UP\"}");
        assertThat(get(managementPort, "/actuator/health/liveness", null).body())
                .isEqualTo("{\"status\":\"UP\"}");
        assertThat(get(managementPort, "/actuator/health/readiness", null).body())
                .isEqualTo("{\"status\":\"UP\"}");
        assertThat(get(managementPort, "/actuator/health/readiness/catalogue", null)
                        .body())
                .doesNotContain("details");
        assertThat(get(managementPort, "/actuator/info", null).statusCode()).isEqualTo(200);
    }

    @Test
    void livesOnNothingAndIsReadyOnPostgresqlAlone() {
        assertThat(environment.getProperty("management.endpoint.health.group.liveness.include"))
                .isEqualTo("livenessState");
        assertThat(environment.getProperty("management.endpoint.health.group.readiness.include"))
                .isEqualTo("readinessState,catalogue");
    }

    @Test
    void showsMetricsToKeysWithTheirScope() throws Exception {
        get(port, "/api/v1/api-keys", TestKeys.operator(context));
        get(managementPort, "/actuator/health", null); // sends a command to Redis

        assertThat(get(managementPort, "/actuator/prometheus", null).statusCode())
                .isEqualTo(401);
        assertThat(get(managementPort, "/actuator/prometheus", TestKeys.operator(context, "tenants:read"))
                        .statusCode())
                .isEqualTo(403);
        var metrics = get(managementPort, "/actuator/prometheus", TestKeys.service(context, "platform:metrics"));
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body())
                .containsPattern("http_server_requests_seconds_count\\{[^}]*uri=\"/api/v1/api-keys\"")
                .contains("hikaricp_connections_active")
                .contains("mongodb_driver_pool_size")
                .contains("tenancy_redis_calls_seconds_count{outcome=\"answered\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/env",
                "/beans",
                "/heapdump",
                "/threaddump",
                "/loggers",
                "/configprops",
                "/mappings",
                "/metrics",
                "/shutdown",
                "/sbom",
                "/scheduledtasks",
                "/flyway",
                "/conditions"
            })
    void exposesNothingElse(String endpoint) throws Exception {
        assertThat(get(managementPort, "/actuator" + endpoint, null).statusCode())
                .isIn(401, 404);
        assertThat(get(managementPort, "/actuator" + endpoint, TestKeys.operator(context))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void keepsThePortsApart() throws Exception {
        assertThat(get(port, "/actuator/health", null).statusCode()).isIn(401, 404);
        assertThat(get(port, "/actuator/prometheus", TestKeys.operator(context)).statusCode())
                .isEqualTo(404);
        assertThat(get(managementPort, "/api/v1/api-keys", TestKeys.operator(context))
                        .statusCode())
                .isEqualTo(404);
    }

    private HttpResponse<String> get(int port, String path, @Nullable String key)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
