package com.misybot.tenancy.tenant.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Plans of a test's own, and tenants that have them. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
abstract class PlanFixture {

    static final String LIMITS = """
            {"resolvesPerSecond":200,"introspectionsPerSecond":400,"verificationsPerSecond":100,"sessionStartsPerMinute":30,\
            "sessions":100,"origins":5,"sessionIdle":"PT30M","sessionLifetime":"PT24H",\
            "collections":20,"documents":100000,"documentBytes":1000000000}""";

    final ConfigurableApplicationContext context;
    final Api api;
    final JdbcTemplate owner;

    PlanFixture(ConfigurableApplicationContext context, @Autowired @Qualifier("ownerDataSource") DataSource owner) {
        this.context = context;
        this.api = Api.operator(context);
        this.owner = new JdbcTemplate(owner);
    }

    static String freePlan() {
        return "p" + Api.freeSlug();
    }

    static String body(String id) {
        return "{\"id\":\"%s\",\"name\":\"Gold\",\"limits\":%s}".formatted(id, LIMITS);
    }

    /** A plan with {@link #LIMITS} and nothing else. */
    String plan() {
        var id = freePlan();
        var made = api.post("/plans", body(id));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return id;
    }

    /** The slug of a tenant that has this plan. */
    String tenantWith(String plan, String... members) {
        var slug = Api.freeSlug();
        var made = api.post("/tenants", tenant(slug, plan, members));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return slug;
    }

    static String tenant(String slug, String plan, String... members) {
        return "{\"tenantId\":\"%s\",\"business\":{\"name\":\"Acme\"},\"plan\":\"%s\"%s}"
                .formatted(slug, plan, members.length == 0 ? "" : "," + String.join(",", members));
    }

    static String origins(int number) {
        var origins = new ArrayList<String>();
        for (var i = 0; i < number; i++) {
            origins.add("\"https://o" + i + ".example\"");
        }
        return "\"allowedOrigins\":[" + String.join(",", origins) + "]";
    }

    UUID id(String slug) {
        return UUID.fromString(api.get("/tenants/" + slug).text("/id"));
    }

    /** What is told of this tenant, or of this subject among the platform's own rows, while something is done. */
    List<Change> told(Runnable work) {
        var told = java.util.Collections.synchronizedList(new ArrayList<Change>());
        ApplicationListener<?> listener = ApplicationListener.forPayload((Consumer<Change>) told::add);
        context.addApplicationListener(listener);
        try {
            work.run();
        } finally {
            context.removeApplicationListener(listener);
        }
        return List.copyOf(told);
    }
}
