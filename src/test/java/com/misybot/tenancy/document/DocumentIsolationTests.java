package com.misybot.tenancy.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Documents of two tenants never meet, and what somebody else wrote into MongoDB is none. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class DocumentIsolationTests {

    private final ApplicationContext context;
    private final Desk desk;
    private final Api api;
    private final MeterRegistry meters;

    DocumentIsolationTests(ApplicationContext context, MeterRegistry meters) {
        this.context = context;
        this.desk = Desk.of(context);
        this.api = desk.api;
        this.meters = meters;
    }

    private double events() {
        return meters.counter("tenancy.security.events", "kind", "foreign_document")
                .count();
    }

    private BsonDocument kept(String path, String id) {
        return Objects.requireNonNull(desk.behind(path)
                .find(new BsonDocument("_id", new BsonString(id)))
                .first());
    }

    @Test
    void aTenantReachesItsOwnAlone() {
        var mine = Api.freeSlug();
        var made = api.post("/tenants", Api.tenant(mine));
        var tenant = Api.with(context, made.text("/secret"));
        var own = desk.collection("/tenants/" + mine, "{}");
        var theirs = desk.collection("{}");
        api.put(theirs + "/documents/a", "{\"canary\":1}");

        assertThat(tenant.put(own + "/documents/a", "{\"n\":1}").status()).isEqualTo(201);
        assertThat(tenant.patch(own + "/documents/a", "{\"m\":1}", "If-Match", "*")
                        .status())
                .isEqualTo(200);
        assertThat(desk.ids(own + "/documents")).containsExactly("a");
        assertThat(tenant.get(own).status()).isEqualTo(200);
        for (var refused : List.of(
                tenant.get(theirs + "/documents/a"),
                tenant.get(theirs + "/documents"),
                tenant.get(theirs),
                tenant.get(theirs + "/documents", "Accept", "application/x-ndjson"),
                tenant.put(theirs + "/documents/b", "{}"),
                tenant.patch(theirs + "/documents/a", "{}", "If-Match", "*"),
                tenant.delete(theirs + "/documents/a", "If-Match", "*"),
                tenant.post(theirs + "/documents/import", "", "Content-Type", "application/x-ndjson"))) {
            assertThat(refused.status()).as(refused.toString()).isEqualTo(404);
            assertThat(refused.response().body()).doesNotContain("canary");
        }
        assertThat(tenant.put(own + "2", "{}").status()).isEqualTo(403);
        assertThat(tenant.delete(own, "If-Match", "*").status()).isEqualTo(403);
    }

    /** Whoever has read, written or listed last: the body that comes is that of the tenant that asks, and so is the one that is kept. */
    @Test
    void aBodyIsItsTenantsOwnAlone() {
        var one = desk.collection("{}");
        var other = desk.collection("{}");
        for (var path : List.of(one, other)) {
            assertThat(api.put(path + "/documents/a", body(path)).status()).isEqualTo(201);
        }
        for (var path : List.of(one, other, one)) {
            var read = api.get(path + "/documents/a").response().body();
            assertThat(read).isEqualTo(body(path));
            var page = api.get(path + "/documents").json().at("/items");
            assertThat(page.size()).isEqualTo(1);
            assertThat(page.at("/0/document")).hasToString(body(path));
            assertThat(api.get(path + "/documents", "Accept", "application/x-ndjson")
                            .json()
                            .at("/document"))
                    .hasToString(body(path));
            assertThat(api.patch(path + "/documents/a", "{}", "If-Match", "*")
                            .response()
                            .body())
                    .isEqualTo(body(path));
        }
        for (var path : List.of(one, other)) {
            assertThat(kept(path, "a").getDocument("body"))
                    .isEqualTo(new BsonDocument(
                            "only", new BsonString(desk.id(path).toString())));
        }
    }

    private String body(String path) {
        return "{\"only\":\"" + desk.id(path) + "\"}";
    }

    @Test
    void aDocumentOfAnotherTenantIsNone() {
        var mine = desk.collection("{}");
        var theirs = desk.collection("{}");
        api.put(mine + "/documents/a", "{\"n\":1}");
        api.put(theirs + "/documents/x", "{\"canary\":1}");
        var planted = kept(theirs, "x");
        desk.behind(mine).insertOne(planted);
        var forged = kept(theirs, "x").append("_id", new BsonString("y"));
        forged.append("generation", kept(mine, "a").get("generation"));
        desk.behind(mine).insertOne(forged);

        for (var id : List.of("x", "y")) {
            var before = events();
            assertThat(api.get(mine + "/documents/" + id).status()).isEqualTo(404);
            assertThat(events()).isEqualTo(before + 1);
            assertThat(api.patch(mine + "/documents/" + id, "{}", "If-Match", "*")
                            .status())
                    .isEqualTo(404);
            assertThat(api.delete(mine + "/documents/" + id, "If-Match", "*").status())
                    .isEqualTo(404);
        }
        var before = events();
        assertThat(desk.ids(mine + "/documents")).containsExactly("a");
        assertThat(events()).isGreaterThan(before);
        assertThat(api.get(mine + "/documents/count").json().path("count").asInt())
                .isEqualTo(1);
        assertThat(api.get(mine + "/documents", "Accept", "application/x-ndjson")
                        .response()
                        .body())
                .doesNotContain("canary");
        assertThat(api.put(mine + "/documents/x", "{\"n\":2}").status()).isEqualTo(201);
        assertThat(api.get(mine + "/documents/x").response().body()).isEqualTo("{\"n\":2}");
        assertThat(api.get(theirs + "/documents/x").response().body()).isEqualTo("{\"canary\":1}");
    }

    @Test
    void whatIsNotOfThisServiceIsNone() {
        var path = desk.collection("{}");
        api.put(path + "/documents/a", "{\"n\":1}");
        var broken = kept(path, "a").append("_id", new BsonString("b")).append("version", new BsonString("1"));
        desk.behind(path).insertOne(broken);
        desk.behind(path)
                .insertOne(new BsonDocument("_id", new BsonString("c"))
                        .append("tenant", new BsonBinary(UUID.randomUUID())));
        var before = events();
        assertThat(api.get(path + "/documents/b").status()).isEqualTo(404);
        assertThat(api.get(path + "/documents/c").status()).isEqualTo(404);
        assertThat(events()).isEqualTo(before + 2);
        assertThat(desk.ids(path + "/documents")).containsExactly("a");
    }
}
