package com.misybot.tenancy.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import tools.jackson.databind.json.JsonMapper;

/** Collections and documents over HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class DocumentApiTests {

    private final Desk desk;
    private final Api api;

    DocumentApiTests(ApplicationContext context) {
        this.desk = Desk.of(context);
        this.api = desk.api;
    }

    @Test
    void makesReadsChangesAndDeletesADocument() {
        var path = desk.collection("{}") + "/documents/c-1";
        var made = api.put(path, "{\"visitor\":\"v-17\",\"turns\":3}");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.header("Location")).endsWith(path);

        var read = api.get(path);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.header("ETag")).isEqualTo(made.header("ETag")).matches("\"\\d+\"");
        assertThat(read.response().body()).isEqualTo("{\"visitor\":\"v-17\",\"turns\":3}");
        assertThat(api.get(path, "If-None-Match", read.header("ETag")).status()).isEqualTo(304);

        var patched = api.patch(path, "{\"turns\":4,\"visitor\":null}", "If-Match", read.header("ETag"));
        assertThat(patched.status()).as(patched.toString()).isEqualTo(200);
        assertThat(patched.response().body()).isEqualTo("{\"turns\":4}");
        assertThat(patched.header("ETag")).isNotEqualTo(read.header("ETag"));

        assertThat(api.put(path, "{}", "If-Match", read.header("ETag")).text("/code"))
                .isEqualTo("stale_version");
        assertThat(api.put(path, "{}", "If-Match", patched.header("ETag")).status())
                .isEqualTo(200);
        assertThat(api.delete(path, "If-Match", read.header("ETag")).status()).isEqualTo(412);
        assertThat(api.delete(path, "If-Match", "*").status()).isEqualTo(204);
        assertThat(api.get(path).text("/code")).isEqualTo("unknown_document");

        var again = api.put(path, "{}", "If-None-Match", "*");
        assertThat(again.status()).isEqualTo(201);
        assertThat(api.put(path, "{}", "If-Match", made.header("ETag")).status())
                .as("a document that is made again has no version it had before")
                .isEqualTo(412);
    }

    @Test
    void refusesInTheOrderOfTheContract() {
        var collection = desk.collection("{}");
        var path = collection + "/documents/one";
        assertThat(api.put(path, "{}", "If-Match", "*").text("/code")).isEqualTo("unknown_document");
        assertThat(api.patch(path, "{").text("/code")).isEqualTo("unknown_document");
        assertThat(api.delete(path).text("/code")).isEqualTo("unknown_document");
        assertThat(api.put(path, "{}").status()).isEqualTo(201);
        assertThat(api.put(path, "{").status()).isEqualTo(428);
        assertThat(api.patch(path, "{").status()).isEqualTo(428);
        assertThat(api.delete(path).status()).isEqualTo(428);
        assertThat(api.put(path, "{", "If-None-Match", "*").status()).isEqualTo(400);
        assertThat(api.put(path, "{}", "If-None-Match", "*").text("/code")).isEqualTo("resource_exists");
        assertThat(api.put(path, "{", "If-Match", "\"1\"").status()).isEqualTo(400);
        assertThat(api.put(path, "{}", "If-Match", "\"1\"").status()).isEqualTo(412);
        assertThat(api.put(path, "{}", "If-Match", "*", "If-None-Match", "*").status())
                .isEqualTo(400);
        assertThat(api.put(path, "{}", "If-None-Match", "\"7\"").status()).isEqualTo(400);
        assertThat(api.put(collection + "none/documents/one", "{}").text("/code"))
                .isEqualTo("unknown_collection");
        assertThat(api.put(collection + "none/documents/one", "{", "Content-Type", "text/plain")
                        .text("/code"))
                .isEqualTo("unknown_collection");
        assertThat(api.put("/tenants/" + Api.freeSlug() + "/collections/c/documents/one", "{}")
                        .text("/code"))
                .isEqualTo("unknown_tenant");
        assertThat(api.put(collection + "/documents/count", "{}").text("/code")).isEqualTo("document_id_reserved");
    }

    @Test
    void keepsNumbersAsTheyWereWritten() {
        var path = desk.collection("{}") + "/documents/n";
        var body =
                "{\"a\":9223372036854775807,\"b\":19.90,\"c\":0.1,\"d\":12345678901234567890123456789012,\"e\":-0.00,\"f\":1.10}";
        assertThat(api.put(path, body).status()).isEqualTo(201);
        var read = api.get(path).response().body();
        assertThat(read).contains("\"a\":9223372036854775807", "\"b\":19.90", "\"c\":0.1", "\"f\":1.10");
        assertThat(read).contains("12345678901234567890123456789012");
        assertThat(api.put(path, "{\"x\":1e2}", "If-Match", "*")
                        .json()
                        .path("x")
                        .decimalValue())
                .isEqualByComparingTo("100");
        var refused = api.put(path, "{\"a\":{\"b\":[1,0.12345678901234567890123456789012345]}}", "If-Match", "*");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/code")).isEqualTo("number_not_exact");
        assertThat(refused.text("/errors/0/pointer")).isEqualTo("/a/b/1");
    }

    @Test
    void listsByIdFilteredByDeclaredFields() {
        var collection = desk.collection("""
                {"fields":[{"name":"visitor","type":"string"},{"name":"turns","type":"number"},
                {"name":"open","type":"boolean"},{"name":"at","type":"instant","indexed":false}]}""");
        for (var i = 0; i < 10; i++) {
            var made = api.put(
                    collection + "/documents/d" + i,
                    "{\"visitor\":\"v%d\",\"turns\":%s,\"open\":%b,\"at\":\"2026-01-%02dT00:00:00Z\",\"other\":1}"
                            .formatted(i % 2, i + ".0", i < 5, i + 1));
            assertThat(made.status()).as(made.toString()).isEqualTo(201);
        }
        assertThat(desk.ids(collection + "/documents?visitor=v1")).containsExactly("d1", "d3", "d5", "d7", "d9");
        assertThat(desk.ids(collection + "/documents?visitor=v1&turns.gt=3&turns.lte=7"))
                .containsExactly("d5", "d7");
        assertThat(desk.ids(collection + "/documents?turns=3")).containsExactly("d3");
        assertThat(desk.ids(collection + "/documents?open=false")).hasSize(5);
        assertThat(desk.ids(collection + "/documents?at.gte=2026-01-09T00:00:00.000Z"))
                .containsExactly("d8", "d9");
        assertThat(api.get(collection + "/documents/count?open=true")
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(5);

        List<String> all = new ArrayList<>();
        var query = "?pageSize=3&open.none";
        var page = api.get(collection + "/documents?pageSize=3");
        while (true) {
            page.json().path("items").forEach(item -> all.add(item.path("id").asString()));
            var token = page.text("/nextPageToken");
            if (token.isEmpty()) {
                break;
            }
            page = api.get(collection + "/documents?pageSize=3&pageToken=" + token);
            assertThat(api.get(collection + "/documents?pageSize=3&open=true&pageToken=" + token)
                            .text("/code"))
                    .isEqualTo("page_token_invalid");
        }
        assertThat(all).hasSize(10).isSorted();
        assertThat(api.get(collection + "/documents" + query).status()).isEqualTo(400);
    }

    @Test
    void exportsWhatItImports() {
        var from = desk.collection("{}");
        var lines = """
                {"id":"a","document":{"n":1.50}}

                {"id":"b","document":{"t":"ä"}}
                {"id":"b","document":{}}
                {"id":"$c","document":{}}
                {"id":"d","document":{"$set":1}}
                {"id":"e"}
                {"id":"f","document":{},"more":1}
                nothing
                """;
        var answer = api.post(from + "/documents/import", lines, "Content-Type", "application/x-ndjson");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        var results = answer.response()
                .body()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
        assertThat(results)
                .extracting(line -> line.path("line").asInt(0)
                        + line.path("status").asString("")
                        + line.at("/problem/code").asString(""))
                .containsExactly(
                        "1created",
                        "3created",
                        "4refusedresource_exists",
                        "5refusedinvalid_request",
                        "6refusedfield_name_refused",
                        "7refusedinvalid_request",
                        "8refusedunknown_field",
                        "9refusedmalformed_json",
                        "0");
        assertThat(results.getLast().at("/summary/created").asInt()).isEqualTo(2);

        var exported = api.get(from + "/documents", "Accept", "application/x-ndjson");
        assertThat(exported.response().body().lines()).hasSize(2);
        var to = desk.collection("{}");
        for (var mode : List.of("", "?mode=upsert")) {
            var copied = api.post(
                    to + "/documents/import" + mode,
                    exported.response().body(),
                    "Content-Type",
                    "application/x-ndjson");
            assertThat(copied.response().body()).contains(mode.isEmpty() ? "\"created\":2" : "\"replaced\":2");
        }
        assertThat(api.get(to + "/documents/a").response().body()).isEqualTo("{\"n\":1.50}");
        assertThat(api.post(to + "none/documents/import", "", "Content-Type", "application/x-ndjson")
                        .status())
                .isEqualTo(404);
        assertThat(api.post(to + "/documents/import", "", "Content-Type", "application/x-ndjson")
                        .response()
                        .body())
                .startsWith("{\"summary\":");
    }

    @Test
    void aDocumentEndsWithItsTime() {
        var collection = desk.collection("{\"fields\":[{\"name\":\"end\",\"type\":\"instant\"}],\"ttlField\":\"end\"}");
        var soon = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.MILLIS);
        assertThat(api.put(collection + "/documents/soon", "{\"end\":\"%s\"}".formatted(soon))
                        .status())
                .isEqualTo(201);
        assertThat(api.put(collection + "/documents/late", "{\"end\":null}").status())
                .isEqualTo(201);
        assertThat(desk.ids(collection + "/documents")).containsExactly("late", "soon");
        assertThat(api.get(collection + "/documents")
                        .json()
                        .at("/items/1/expiresAt")
                        .asString())
                .isEqualTo(soon.toString());
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(api.get(collection + "/documents/soon").status())
                                .isEqualTo(404));
        assertThat(desk.ids(collection + "/documents")).containsExactly("late");
        assertThat(api.get(collection + "/documents/count").json().path("count").asInt())
                .isEqualTo(1);
        assertThat(api.put(collection + "/documents/soon", "{\"n\":2}").status())
                .isEqualTo(201);
        assertThat(api.get(collection + "/documents/soon").response().body()).isEqualTo("{\"n\":2}");
    }

    @ParameterizedTest
    @CsvSource({"suspend,409", "deactivate,409"})
    void onlyActiveTenantsWrite(String move, int status) {
        var collection = desk.collection("{}");
        var path = collection + "/documents/a";
        api.put(path, "{}");
        var tenant = collection.substring(0, collection.indexOf("/collections"));
        assertThat(api.post(tenant + "/" + move, "{\"reason\":\"r\"}").status()).isEqualTo(200);
        assertThat(api.get(path).status()).isEqualTo(200);
        for (var refused : List.of(
                api.put(path, "{}", "If-Match", "*"),
                api.put(path + "2", "{}"),
                api.patch(path, "{}", "If-Match", "*"),
                api.delete(path, "If-Match", "*"),
                api.delete(collection, "If-Match", "*"),
                api.put(collection + "2", "{}"))) {
            assertThat(refused.status()).as(refused.toString()).isEqualTo(status);
            assertThat(refused.text("/code")).isEqualTo("documents_read_only");
        }
    }

    @Test
    void aTenantThatIsToBeDeletedHasNone() {
        var collection = desk.collection("{}");
        api.put(collection + "/documents/a", "{}");
        var tenant = collection.substring(0, collection.indexOf("/collections"));
        assertThat(api.delete(tenant, "If-Match", "*", "X-Reason", "r").status())
                .isEqualTo(202);
        assertThat(api.get(collection + "/documents/a").text("/code")).isEqualTo("unknown_tenant");
        assertThat(api.post(tenant + "/restore", "{}").status()).isEqualTo(200);
        assertThat(api.get(collection + "/documents/a").status()).isEqualTo(200);
    }
}
