package com.misybot.tenancy.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bson.BsonDocument;
import org.springframework.context.ApplicationContext;

/** Tenants with collections, and a look behind the service into MongoDB. */
public final class Desk {

    public final Api api;
    private final ApplicationContext context;

    private Desk(ApplicationContext context) {
        this.context = context;
        this.api = Api.operator(context);
    }

    public static Desk of(ApplicationContext context) {
        return new Desk(context);
    }

    /** The path of a tenant of the test's own. */
    public String tenant(String... members) {
        var slug = Api.freeSlug();
        var made = api.post(
                "/tenants",
                "{\"tenantId\":\"%s\",\"business\":{\"name\":\"Acme\"}%s}"
                        .formatted(slug, members.length == 0 ? "" : "," + String.join(",", members)));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return "/tenants/" + slug;
    }

    /** The path of a collection of a tenant of the test's own. */
    public String collection(String declaration) {
        return collection(tenant(), declaration);
    }

    /** The path of a collection of this tenant. */
    public String collection(String tenant, String declaration) {
        var path = tenant + "/collections/notes";
        var made = api.put(path, declaration);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return path;
    }

    /** The ids on a page. */
    public List<String> ids(String path) {
        var page = api.get(path);
        assertThat(page.status()).as(page.toString()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        page.json().path("items").forEach(item -> ids.add(item.path("id").asString()));
        return ids;
    }

    /** The UUID of the tenant in a path. */
    public UUID id(String path) {
        return UUID.fromString(api.get("/tenants/" + path.split("/", -1)[2]).text("/id"));
    }

    /** What MongoDB has of the collection at a path. */
    public MongoCollection<BsonDocument> behind(String path) {
        var name = "t_" + id(path).toString().replace("-", "") + "__" + path.split("/", -1)[4];
        return context.getBean(MongoClient.class).getDatabase("tenancy").getCollection(name, BsonDocument.class);
    }
}
