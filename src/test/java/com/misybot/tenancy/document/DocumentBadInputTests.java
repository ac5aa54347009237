package com.misybot.tenancy.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Names, fields, filters and documents that MongoDB would take for something else, or would choke on: refused, and nothing stored. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class DocumentBadInputTests {

    private static final String L200 = "x".repeat(200);

    private final Desk desk;
    private final Api api;

    DocumentBadInputTests(ApplicationContext context) {
        this.desk = Desk.of(context);
        this.api = desk.api;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static Stream<String> names() {
        return Stream.of(
                "$where",
                "a.b",
                "a$b",
                "A",
                "1a",
                "_a",
                "a-b",
                "system",
                "system_users",
                "system.users",
                "nоtes",
                "ａ",
                "a b",
                "a\u200b",
                "a\nb",
                "\u202ea",
                "x".repeat(49),
                L200,
                "admin.$cmd",
                "{\"$ne\":1}",
                "a\u0301",
                "%",
                "..");
    }

    @ParameterizedTest
    @MethodSource("names")
    void refusesNamesOfCollections(String name) {
        var tenant = desk.tenant();
        var refused = api.put(tenant + "/collections/" + encoded(name), "{}");
        assertThat(refused.status()).as(refused.toString()).isIn(400, 404);
        assertThat(api.get(tenant + "/collections/" + encoded(name)).status()).isIn(400, 404);
        assertThat(api.get(tenant + "/collections/count").json().path("count").asInt())
                .isZero();
    }

    @Test
    void refusesNulInPaths() {
        var path = desk.collection("{}");
        assertThat(api.put(path + "%00", "{}").status()).isEqualTo(400);
        assertThat(api.put(path + "/documents/a%00", "{}").status()).isEqualTo(400);
        assertThat(api.get(path + "/documents?a%00=1").status()).isEqualTo(400);
        assertThat(desk.behind(path).countDocuments()).isZero();
    }

    static Stream<String> ids() {
        return Stream.of(
                "$ne",
                ".a",
                "-a",
                "~a",
                "a$b",
                "{\"$gt\":\"\"}",
                "a b",
                "a\u200bb",
                "é",
                "ａ",
                "а",
                "a:b",
                "a{b}",
                "a*",
                "x".repeat(129),
                L200,
                "a'b",
                "a\"b",
                "[a]");
    }

    @ParameterizedTest
    @MethodSource("ids")
    void refusesIds(String id) {
        var path = desk.collection("{}");
        var refused = api.put(path + "/documents/" + encoded(id), "{}");
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.text("/errors/0/code")).isEqualTo("format");
        assertThat(api.get(path + "/documents/" + encoded(id)).status()).isEqualTo(404);
        assertThat(api.delete(path + "/documents/" + encoded(id), "If-Match", "*")
                        .status())
                .isEqualTo(404);
        assertThat(desk.behind(path).countDocuments()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$set",
                "$where",
                "$oid",
                "$date",
                "$numberLong",
                "$ref",
                "＄where",
                "﹩where",
                "a.b",
                ".",
                "a․b",
                "a．b",
                "__proto__",
                "＿_proto__",
                "a\u200bb",
                "\u202ea",
                "a\u0301",
                "\u2028",
                ""
            })
    void refusesNamesOfFields(String name) {
        var path = desk.collection("{}");
        for (var body : List.of("{\"%s\":1}", "{\"a\":[1,{\"b\":{\"%s\":{}}}]}")) {
            var refused = api.put(path + "/documents/a", body.formatted(name));
            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
            assertThat(refused.text("/code")).isEqualTo("field_name_refused");
        }
        api.put(path + "/documents/b", "{}");
        var patched = api.patch(path + "/documents/b", "{\"a\":{\"%s\":1}}".formatted(name), "If-Match", "*");
        assertThat(patched.text("/code")).as(patched.toString()).isEqualTo("field_name_refused");
        assertThat(desk.behind(path).countDocuments()).isEqualTo(1);
        assertThat(api.get(path + "/documents/b").response().body()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\\u0000b\":1}          | invalid_request",
                "{\"a\":\"\\u0000\"}        | invalid_request",
                "{\"a\":\"\\ud800\"}        | invalid_request",
                "{\"a\":1,\"a\":2}          | invalid_request",
                "{\"a\":NaN}                | malformed_json",
                "{\"a\":1e999}              | invalid_request",
                "{\"a\":0.12345678901234567890123456789012345} | number_not_exact",
                "[1]                        | invalid_request",
                "1                          | invalid_request",
                "null                       | invalid_request",
                "{} {}                      | malformed_json",
                "{                          | malformed_json"
            })
    void refusesWhatIsNoDocument(String body, String code) {
        var path = desk.collection("{}");
        var refused = api.put(path + "/documents/a", body);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.text("/code")).isEqualTo(code);
        assertThat(desk.behind(path).countDocuments()).isZero();
    }

    private static String nested(int levels) {
        return "{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
    }

    @Test
    void refusesWhatIsTooDeep() {
        var path = desk.collection("{}") + "/documents/a";
        for (var deep : List.of(nested(150), nested(101), "{\"a\":" + "[".repeat(150) + "]".repeat(150) + "}")) {
            assertThat(api.put(path, deep).status()).isEqualTo(400);
        }
        assertThat(api.get(path).status()).isEqualTo(404);
        assertThat(api.put(path, nested(100)).status()).isEqualTo(201);
        assertThat(api.get(path).response().body()).isEqualTo(nested(100));
    }

    @Test
    void refusesWhatIsTooLarge() {
        var path = desk.collection("{}") + "/documents/a";
        var many = "{\"a\":[" + ("\"" + "x".repeat(60_000) + "\",").repeat(18) + "1]}";
        for (var refused : List.of(
                api.put(path, many),
                api.post(
                        path.substring(0, path.lastIndexOf('/')) + "/import",
                        "{\"id\":\"a\",\"document\":" + many + "}\n",
                        "Content-Type",
                        "application/x-ndjson"))) {
            assertThat(refused.response().body()).contains("document_too_large");
        }
        assertThat(api.put(path, many).status()).isEqualTo(413);
        assertThat(api.get(path).status()).isEqualTo(404);
        var half = "{\"a\":[" + ("\"" + "x".repeat(60_000) + "\",").repeat(10) + "1]}";
        assertThat(api.put(path, half).status()).isEqualTo(201);
        assertThat(api.patch(path, half.replace("\"a\"", "\"b\""), "If-Match", "*")
                        .status())
                .isEqualTo(413);
        assertThat(api.get(path).json().has("b")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$where=1",
                "visitor.$ne=1",
                "visitor[$ne]=1",
                "visitor%5B%24gt%5D=",
                "other=1",
                "visitor.regex=a",
                "fields.visitor=1",
                "visitor.=1",
                ".gte=1",
                "tenant=1",
                "_id=a",
                "turns=a",
                "turns=1&turns=2",
                "turns={\"$gt\":0}",
                "turns=NaN",
                "open.gte=true",
                "open=1",
                "at=yesterday",
                "at=2026-02-30T00:00:00Z",
                "turns=0.12345678901234567890123456789012345",
                "ｖisitor=1"
            })
    void refusesFilters(String query) {
        var path = desk.collection("""
                {"fields":[{"name":"visitor","type":"string"},{"name":"turns","type":"number"},
                {"name":"open","type":"boolean"},{"name":"at","type":"instant"}]}""");
        api.put(path + "/documents/a", "{\"visitor\":\"v\",\"turns\":1}");
        var sent = query.replace("{", "%7B")
                .replace("}", "%7D")
                .replace("\"", "%22")
                .replace("ｖ", encoded("ｖ"));
        for (var where : List.of("/documents?", "/documents/count?")) {
            var refused = api.get(path + where + sent);
            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        }
        assertThat(desk.ids(path + "/documents?visitor=%7B%22%24ne%22%3A1%7D")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"fields\":[{\"name\":\"$a\",\"type\":\"string\"}]}                              | 400",
                "{\"fields\":[{\"name\":\"a.b\",\"type\":\"string\"}]}                             | 400",
                "{\"fields\":[{\"name\":\"pageSize\",\"type\":\"string\"}]}                        | 400",
                "{\"fields\":[{\"name\":\"a\",\"type\":\"regex\"}]}                                | 400",
                "{\"fields\":[{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"a\",\"type\":\"number\"}]} | 400",
                "{\"ttlField\":\"a\"}                                                              | 400",
                "{\"fields\":[{\"name\":\"a\",\"type\":\"string\"}],\"ttlField\":\"a\"}            | 400",
                "{\"validator\":{}}                                                                | 400",
                "{\"schema\":{\"type\":5}}                                                         | 422",
                "{\"schema\":{\"type\":\"objekt\"}}                                                | 422",
                "{\"schema\":{\"$ref\":\"https://example.com/s.json\"}}                            | 422",
                "{\"schema\":{\"$ref\":\"#\"}}                                                     | 422",
                "{\"schema\":{\"$ref\":\"#/$defs/a\"}}                                             | 422",
                "{\"schema\":{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"items\":{\"$ref\":\"#/$defs/a\"}}}}} | 422",
                "{\"schema\":{\"$dynamicRef\":\"#a\"}}                                             | 422",
                "{\"schema\":{\"$id\":\"https://example.com/\"}}                                   | 422",
                "{\"schema\":{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}}            | 422",
                "{\"schema\":{\"pattern\":\"(a)\\\\1\"}}                                           | 422",
                "{\"schema\":{\"pattern\":\"(?=a)\"}}                                              | 422",
                "{\"schema\":{\"patternProperties\":{\"(\":{}}}}                                   | 422"
            })
    void refusesDeclarations(String declaration, int status) {
        var tenant = desk.tenant();
        var refused = api.put(tenant + "/collections/notes", declaration);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(status);
        assertThat(api.get(tenant + "/collections/notes").status()).isEqualTo(404);
    }

    @Test
    void refusesASchemaThatGrowsWithoutEnd() {
        var definitions = new StringBuilder("\"a0\":{\"type\":\"object\"}");
        for (var i = 1; i < 20; i++) {
            definitions.append(",\"a%d\":{\"allOf\":[{\"$ref\":\"#/$defs/a%d\"},{\"$ref\":\"#/$defs/a%d\"}]}"
                    .formatted(i, i - 1, i - 1));
        }
        var refused = api.put(
                desk.tenant() + "/collections/notes",
                "{\"schema\":{\"$ref\":\"#/$defs/a19\",\"$defs\":{%s}}}".formatted(definitions));
        assertThat(refused.text("/code")).as(refused.toString()).isEqualTo("schema_refused");
    }
}
