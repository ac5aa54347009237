package com.misybot.tenancy.context.propagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.security.apikey.TestKeys;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;

class SpanAndMetricTests extends PropagationFixture {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    private ObservationRegistry observations;

    @Test
    void namesTheTenantInSpansThatBeginInItsWork() {
        var tenant = anyTenant();
        tenant.run(() -> observed("test.inside").observe(() -> {}));
        observed("test.outside").observe(() -> {});

        assertThat(spans.about(tenant)).containsExactly("test.inside");
    }

    @Test
    void namesTheTenantInTheSpanThatLearnsOfItAndNotInOneWithAPartOfIt() {
        var learnt = anyTenant();
        var part = anyTenant();
        observed("test.learns").observe(() -> {
            LogContext.tenant(learnt.tenantId());
            LogContext.clear();
        });
        observed("test.whole")
                .observe(() -> part.run(() -> observed("test.part").observe(() -> {})));

        assertThat(spans.about(learnt)).containsExactly("test.learns");
        assertThat(spans.about(part)).containsExactly("test.part");
    }

    @Test
    void namesTheTenantInTheSpanOfARequest() {
        var tenant = registered();
        var key = TestKeys.service(context, "context:read", "context:assert");
        Api.with(context, key).get(PLACE, "Misy-Tenant", tenant.id().toString());

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(spans.about(tenant)).contains("http get /api/v1" + PLACE));
    }

    @Test
    void namesNoTenantInAMetric(@LocalManagementPort int port) throws IOException, InterruptedException {
        var tenant = registered();
        var key = TestKeys.service(context, "context:read", "context:assert", "platform:metrics");
        Api.with(context, key).get(PLACE, "Misy-Tenant", tenant.id().toString());
        tenant.run(() -> observed("test.metric").observe(() -> {}));
        await().atMost(PATIENCE).until(() -> spans.about(tenant).size() >= 2);

        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
                .header("Authorization", "Bearer " + key)
                .build();
        try (var http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, BodyHandlers.ofString()).body())
                    .contains("test_metric_seconds_count", PLACE)
                    .doesNotContain(tenant.tenantId().value(), tenant.id().toString())
                    .doesNotContainPattern("[{,]tenant=");
        }
    }

    private Observation observed(String name) {
        return Observation.createNotStarted(name, observations);
    }
}
