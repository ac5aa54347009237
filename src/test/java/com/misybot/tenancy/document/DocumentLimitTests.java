package com.misybot.tenancy.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.lifecycle.TenantStore;
import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Many at once: none is lost, and none takes more room than there is. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class DocumentLimitTests {

    private final Desk desk;
    private final Api api;
    private final TenantStore store;
    private final MongoClient mongo;

    DocumentLimitTests(ApplicationContext context, MongoClient mongo) {
        this.desk = Desk.of(context);
        this.api = desk.api;
        this.store = context.getBean("mongodb", TenantStore.class);
        this.mongo = mongo;
    }

    private static List<Api.Answer> atOnce(int number, java.util.function.IntFunction<Api.Answer> work)
            throws Exception {
        List<Callable<Api.Answer>> calls = new ArrayList<>();
        for (var i = 0; i < number; i++) {
            var at = i;
            calls.add(() -> work.apply(at));
        }
        List<Api.Answer> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(number)) {
            for (Future<Api.Answer> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    private String tenantWith(String limits) {
        var tenant = desk.tenant();
        var set = api.put(tenant + "/limits", "{\"overrides\":{%s}}".formatted(limits), "If-Match", "*");
        assertThat(set.status()).as(set.toString()).isEqualTo(200);
        return tenant;
    }

    private long used(String tenant, String limit) {
        return api.get(tenant + "/limits").json().at("/usage/" + limit).asLong(-1);
    }

    @Test
    void sixteenPatchesAtOnceLoseNone() throws Exception {
        var path = desk.collection("{}") + "/documents/a";
        api.put(path, "{}");
        var done = atOnce(16, i -> api.patch(path, "{\"p%d\":%d}".formatted(i, i), "If-Match", "*"));
        assertThat(done).extracting(Api.Answer::status).containsOnly(200);
        assertThat(api.get(path).json().propertyNames()).hasSize(16);
        assertThat(done.stream().map(answer -> answer.header("ETag"))).doesNotHaveDuplicates();

        var tag = api.get(path).header("ETag");
        var one = atOnce(16, i -> api.patch(path, "{\"q\":%d}".formatted(i), "If-Match", tag));
        assertThat(one.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(one.stream().filter(answer -> answer.status() == 412)).hasSize(15);
    }

    @Test
    void oneOfSixteenMakesADocument() throws Exception {
        var path = desk.collection("{}") + "/documents/a";
        var made = atOnce(16, i -> api.put(path, "{\"p\":%d}".formatted(i), "If-None-Match", "*"));
        assertThat(made.stream().filter(answer -> answer.status() == 201)).hasSize(1);
        assertThat(made.stream().filter(answer -> answer.status() == 412)).hasSize(15);
        var tenant = path.substring(0, path.indexOf("/collections"));
        assertThat(used(tenant, "documents")).isEqualTo(1);
    }

    @Test
    void noMoreDocumentsThanTheLimitHoweverManyAtOnce() throws Exception {
        var tenant = tenantWith("\"documents\":5");
        var path = desk.collection(tenant, "{}");
        var made = atOnce(16, i -> api.put(path + "/documents/d" + i, "{\"p\":%d}".formatted(i)));
        assertThat(made.stream().filter(answer -> answer.status() == 201)).hasSize(5);
        assertThat(made.stream().filter(answer -> answer.status() != 201)).allSatisfy(refused -> {
            assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
            assertThat(refused.text("/code")).isEqualTo("quota_exceeded");
            assertThat(refused.text("/limit")).isEqualTo("documents");
        });
        assertThat(desk.behind(path).countDocuments()).isEqualTo(5);
        assertThat(used(tenant, "documents")).isEqualTo(5);
        var there = desk.ids(path + "/documents").getFirst();
        assertThat(api.put(path + "/documents/" + there, "{}", "If-Match", "*").status())
                .as("what does not grow is not refused")
                .isEqualTo(200);
        assertThat(api.delete(path + "/documents/" + there, "If-Match", "*").status())
                .isEqualTo(204);
        assertThat(api.put(path + "/documents/other", "{}").status()).isEqualTo(201);
    }

    @Test
    void noMoreBytesThanTheLimit() {
        var tenant = tenantWith("\"documentBytes\":1000");
        var path = desk.collection(tenant, "{}") + "/documents/a";
        assertThat(api.put(path, "{\"a\":\"%s\"}".formatted("x".repeat(900))).status())
                .isEqualTo(201);
        assertThat(used(tenant, "documentBytes")).isEqualTo(908);
        var refused = api.patch(path, "{\"b\":\"%s\"}".formatted("x".repeat(100)), "If-Match", "*");
        assertThat(refused.text("/limit")).as(refused.toString()).isEqualTo("documentBytes");
        assertThat(api.put(path, "{\"a\":\"%s\"}".formatted("x".repeat(100)), "If-Match", "*")
                        .status())
                .isEqualTo(200);
        assertThat(used(tenant, "documentBytes")).isEqualTo(108);
        assertThat(api.put(path + "2", "{\"a\":\"%s\"}".formatted("x".repeat(800)))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aRecordThatIsTooHighIsCountedBeforeAnybodyIsRefused() {
        var tenant = tenantWith("\"documents\":2");
        var path = desk.collection(tenant, "{}");
        api.put(path + "/documents/a", "{}");
        mongo.getDatabase("tenancy")
                .getCollection("tenancy_usage")
                .updateOne(
                        Filters.eq("_id", new BsonBinary(desk.id(path))),
                        Updates.combine(Updates.inc("documents", 100L), Updates.set("changedAt", new BsonDateTime(0))));
        assertThat(used(tenant, "documents")).isEqualTo(101);
        assertThat(api.put(path + "/documents/b", "{}").status()).isEqualTo(201);
        assertThat(api.put(path + "/documents/c", "{}").status()).isEqualTo(409);
        assertThat(used(tenant, "documents")).isEqualTo(2);
        assertThat(api.delete(path, "If-Match", "*").status()).isEqualTo(204);
        assertThat(used(tenant, "documents")).isZero();
    }

    @Test
    void nothingIsCountedWhileWritesMayBeUnderWay() {
        var tenant = tenantWith("\"documents\":2");
        var path = desk.collection(tenant, "{}");
        api.put(path + "/documents/a", "{}");
        mongo.getDatabase("tenancy")
                .getCollection("tenancy_usage")
                .updateOne(Filters.eq("_id", new BsonBinary(desk.id(path))), Updates.inc("documents", 100L));
        assertThat(api.put(path + "/documents/b", "{}").status()).isEqualTo(409);
        assertThat(used(tenant, "documents")).isEqualTo(101);
    }

    @Test
    void noMoreCollectionsThanTheLimit() throws Exception {
        var tenant = tenantWith("\"collections\":3");
        var made = atOnce(8, i -> api.put(tenant + "/collections/c" + i, "{}"));
        assertThat(made.stream().filter(answer -> answer.status() == 201)).hasSize(3);
        assertThat(made.stream().filter(answer -> answer.status() == 409)).hasSize(5);
        assertThat(used(tenant, "collections")).isEqualTo(3);
    }

    @Test
    void tellsWhatATenantHas() {
        var path = desk.collection("{}");
        var id = desk.id(path);
        assertThat(store.holding(id).parts()).isEmpty();
        api.put(path + "/documents/a", "{\"n\":1}");
        var holding = store.holding(id);
        var prefix = "t_" + id.toString().replace("-", "") + "__";
        assertThat(holding.access()).containsEntry("database", "tenancy").containsEntry("collectionPrefix", prefix);
        assertThat(holding.parts()).singleElement().satisfies(part -> {
            assertThat(part.name()).isEqualTo(prefix + "notes");
            assertThat(part.items()).isEqualTo(1);
            assertThat(part.bytes()).isPositive();
        });
    }
}
