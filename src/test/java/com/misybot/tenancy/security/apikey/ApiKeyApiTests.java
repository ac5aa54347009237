package com.misybot.tenancy.security.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ApiKeyApiTests {

    @Autowired
    private ApplicationContext context;

    private final RestTestClient http;

    ApiKeyApiTests(@LocalServerPort int port) {
        http = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    @Test
    void makesAKeyAndShowsItOnce() {
        var made = http.post()
                .uri("/api/v1/api-keys")
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + TestKeys.operator(context))
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"name\":\"Anna\",\"kind\":\"OPERATOR\",\"scopes\":[\"tenants:read\"]}")
                .exchange()
                .returnResult(String.class);
        assertThat(made.getStatus().value()).isEqualTo(201);
    }
}
