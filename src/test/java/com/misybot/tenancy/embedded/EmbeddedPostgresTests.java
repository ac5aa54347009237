package com.misybot.tenancy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class EmbeddedPostgresTests {

    @Test
    void givesTwoContextsOfOneJvmTheSameServer() throws SQLException {
        try (var one = start();
                var other = start()) {
            assertThat(url(one)).isEqualTo(url(other)).startsWith("jdbc:postgresql://127.0.0.1:");
            assertThat(currentUser(other, "tenant")).isEqualTo("tenancy_tenant");
            assertThat(currentUser(other, "owner")).isEqualTo("tenancy_owner");
        }
    }

    private static ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .run();
    }

    private static String url(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("spring.datasource.url");
    }

    private static String currentUser(ConfigurableApplicationContext context, String role) throws SQLException {
        var password = context.getEnvironment().getRequiredProperty("tenancy.isolation." + role + ".password");
        try (var connection = DriverManager.getConnection(url(context), "tenancy_" + role, password);
                var rows = connection.createStatement().executeQuery("select current_user")) {
            rows.next();
            return rows.getString(1);
        }
    }

    @SpringBootConfiguration
    static class Nothing {}
}
