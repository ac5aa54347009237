package com.misybot.tenancy.isolation.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class IsolationStatusTests {

    private static final String STATUS = "/isolation/status";

    private final ApplicationContext context;
    private final Api api;
    private final JdbcTemplate owner;
    private final int managementPort;

    IsolationStatusTests(
            ApplicationContext context,
            @Qualifier("ownerDataSource") DataSource owner,
            @LocalManagementPort int managementPort) {
        this.context = context;
        this.api = Api.operator(context);
        this.owner = new JdbcTemplate(owner);
        this.managementPort = managementPort;
    }

    @Test
    void saysThatTenantsAreKeptApart() {
        var status = api.get(STATUS);

        assertThat(status.status()).isEqualTo(200);
        assertThat(status.text("/status")).isEqualTo("UP");
        assertThat(status.json().at("/findings")).isEmpty();
        assertThat(status.text("/redisAcl")).isEqualTo("ON");
        assertThat(status.json().at("/outboundAllow")).isEmpty();
        assertThat(status.header("Cache-Control")).contains("no-store");
    }

    @Test
    void aPlantedBreachTurnsStatusAndReadinessRed() throws Exception {
        assertThat(readiness()).isEqualTo(200);
        owner.execute("alter table tenant_secret no force row level security");
        try {
            var status = api.get(STATUS);

            assertThat(status.text("/status")).isEqualTo("DOWN");
            assertThat(status.text("/findings/0/store")).isEqualTo("postgres");
            assertThat(status.text("/findings/0/code")).isEqualTo("catalogue_breach");
            assertThat(status.text("/findings/0/detail")).contains("table tenant_secret has row level security");
            assertThat(readiness()).isEqualTo(503);
        } finally {
            owner.execute("alter table tenant_secret force row level security");
        }
        assertThat(api.get(STATUS).text("/status")).isEqualTo("UP");
        assertThat(readiness()).isEqualTo(200);
    }

    @Test
    void isForOperatorsAndServicesWithTheScope() {
        assertThat(Api.with(context, TestKeys.service(context, "isolation:run"))
                        .get(STATUS)
                        .status())
                .isEqualTo(200);
        assertThat(Api.with(context, TestKeys.operator(context, "tenants:read"))
                        .get(STATUS)
                        .status())
                .isEqualTo(403);
    }

    private int readiness() throws Exception {
        var uri = URI.create("http://127.0.0.1:" + managementPort + "/actuator/health/readiness");
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
