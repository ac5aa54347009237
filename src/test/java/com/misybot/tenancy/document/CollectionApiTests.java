package com.misybot.tenancy.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Change;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Collections as they are declared. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class CollectionApiTests {

    private static final String SCHEMA = """
            {"type":"object","required":["visitor"],"additionalProperties":false,\
            "properties":{"visitor":{"$ref":"#/$defs/name"},"turns":{"type":"integer","minimum":0}},\
            "$defs":{"name":{"type":"string","pattern":"^v-[0-9]+$"}}}""";

    private final ConfigurableApplicationContext context;
    private final Desk desk;
    private final Api api;

    CollectionApiTests(ConfigurableApplicationContext context) {
        this.context = context;
        this.desk = Desk.of(context);
        this.api = desk.api;
    }

    private List<String> told(Runnable work) {
        var told = Collections.synchronizedList(new ArrayList<String>());
        ApplicationListener<?> listener = ApplicationListener.forPayload((Consumer<Change>) change -> told.add(
                change.type() + " " + change.subject() + change.fields().keySet()));
        context.addApplicationListener(listener);
        try {
            work.run();
        } finally {
            context.removeApplicationListener(listener);
        }
        return List.copyOf(told);
    }

    @Test
    void declaresReadsReplacesAndDeletes() {
        var path = desk.tenant() + "/collections/notes";
        var made = api.put(
                path, "{\"schema\":%s,\"fields\":[{\"name\":\"visitor\",\"type\":\"string\"}]}".formatted(SCHEMA));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.header("Location")).endsWith(path);
        assertThat(made.json().at("/fields/0/indexed").asBoolean()).isTrue();
        var read = api.get(path);
        assertThat(read.json()).isEqualTo(made.json());
        assertThat(api.get(path, "If-None-Match", read.header("ETag")).status()).isEqualTo(304);

        assertThat(api.put(path, "{").status()).isEqualTo(400);
        assertThat(api.put(path, "{\"more\":1}").status()).isEqualTo(428);
        assertThat(api.put(path, "{}", "If-None-Match", "*").status()).isEqualTo(412);
        assertThat(api.put(path, "{\"version\":9}", "If-Match", "\"1\"").text("/code"))
                .isEqualTo("read_only");
        assertThat(api.put(path, "{}", "If-Match", "\"7\"").status()).isEqualTo(412);
        var same = api.put(path, read.response().body(), "If-Match", read.header("ETag"));
        assertThat(same.status()).as(same.toString()).isEqualTo(200);
        assertThat(same.header("ETag")).isEqualTo("\"1\"");
        var changed = api.put(path, "{}", "If-Match", "\"1\"");
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        assertThat(changed.json().has("schema")).isFalse();

        assertThat(api.delete(path).status()).isEqualTo(428);
        assertThat(api.delete(path, "If-Match", "\"1\"").status()).isEqualTo(412);
        assertThat(api.delete(path, "If-Match", "\"2\"").status()).isEqualTo(204);
        assertThat(api.get(path).text("/code")).isEqualTo("unknown_collection");
        assertThat(api.delete(path, "If-Match", "*").text("/code")).isEqualTo("unknown_collection");
        assertThat(api.put(path.replace("notes", "count"), "{}").text("/code")).isEqualTo("collection_name_reserved");
    }

    @Test
    void theSchemaHoldsForWhatIsWritten() {
        var path = desk.collection("{\"schema\":%s}".formatted(SCHEMA));
        assertThat(api.put(path + "/documents/a", "{\"visitor\":\"v-1\",\"turns\":3}")
                        .status())
                .isEqualTo(201);
        for (var bad : List.of(
                "{}",
                "{\"visitor\":1}",
                "{\"visitor\":\"x\"}",
                "{\"visitor\":\"v-1\",\"turns\":-1}",
                "{\"visitor\":\"v-1\",\"turns\":1.5}",
                "{\"visitor\":\"v-1\",\"more\":1}")) {
            var refused = api.put(path + "/documents/b", bad);
            assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
            assertThat(refused.text("/code")).isEqualTo("schema_mismatch");
        }
        var patched = api.patch(path + "/documents/a", "{\"visitor\":null}", "If-Match", "*");
        assertThat(patched.status()).as(patched.toString()).isEqualTo(422);
        assertThat(desk.ids(path + "/documents")).containsExactly("a");
        assertThat(api.put(path + "/documents/a", "{\"visitor\":\"v-1\",\"turns\":\"x\"}", "If-Match", "*")
                        .text("/errors/0/pointer"))
                .isEqualTo("/turns");
    }

    @Test
    void fieldsChangeWhileThereIsNoDocument() {
        var path = desk.collection("{}");
        api.put(path + "/documents/a", "{\"n\":1}");
        var fields = "{\"fields\":[{\"name\":\"n\",\"type\":\"number\"}]}";
        assertThat(api.put(path, fields, "If-Match", "*").text("/code")).isEqualTo("collection_in_use");
        assertThat(api.put(path, "{\"schema\":{\"type\":\"object\"}}", "If-Match", "*")
                        .status())
                .isEqualTo(200);
        assertThat(desk.ids(path + "/documents")).containsExactly("a");
        api.delete(path + "/documents/a", "If-Match", "*");
        assertThat(api.put(path, fields, "If-Match", "*").status()).isEqualTo(200);
        assertThat(api.put(path + "/documents/a", "{\"n\":1}").status()).isEqualTo(201);
        assertThat(desk.ids(path + "/documents?n=1")).containsExactly("a");
        assertThat(desk.behind(path).listIndexes().into(new ArrayList<>()))
                .extracting(index -> index.getString("name"))
                .contains("field_n");
    }

    @Test
    void whatIsDeclaredAgainIsEmpty() {
        var path = desk.collection("{}");
        api.put(path + "/documents/a", "{\"n\":1}");
        var left = desk.behind(path).find().first();
        assertThat(told(() -> api.delete(path, "If-Match", "*"))).containsExactly("collection.deleted notes[]");
        assertThat(told(() -> api.put(path, "{}"))).containsExactly("collection.declared notes[fields]");
        assertThat(api.get(path + "/documents/a").status()).isEqualTo(404);

        desk.behind(path).insertOne(java.util.Objects.requireNonNull(left));
        assertThat(api.get(path + "/documents/a").status())
                .as("a write that was late is none")
                .isEqualTo(404);
        assertThat(desk.ids(path + "/documents")).isEmpty();
        assertThat(api.get(path + "/documents/count").json().path("count").asInt())
                .isZero();
        assertThat(api.put(path + "/documents/a", "{\"n\":2}").status()).isEqualTo(201);
        assertThat(api.get(path + "/documents/a").response().body()).isEqualTo("{\"n\":2}");
    }

    @Test
    void listsAndCountsThem() {
        var tenant = desk.tenant();
        for (var name : List.of("b", "a", "c")) {
            assertThat(api.put(tenant + "/collections/" + name, "{}").status()).isEqualTo(201);
        }
        var page = api.get(tenant + "/collections?pageSize=2");
        assertThat(page.json().at("/items/0/name").asString()).isEqualTo("a");
        var rest = api.get(tenant + "/collections?pageSize=2&pageToken=" + page.text("/nextPageToken"));
        assertThat(rest.json().path("items")).hasSize(1);
        assertThat(api.get(tenant + "/collections/count").json().path("count").asInt())
                .isEqualTo(3);
    }
}
