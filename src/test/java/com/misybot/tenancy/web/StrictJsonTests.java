package com.misybot.tenancy.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.kernel.TenantId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@SpringBootTest(
        classes = {WebSlice.class, StrictJsonTests.Things.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "tenancy.embedded.enabled=false")
class StrictJsonTests {

    private final Http http;

    StrictJsonTests(@LocalServerPort int port) {
        http = new Http(port);
    }

    enum Colour {
        RED,
        GREEN
    }

    record Part(@NotBlank String name) {}

    record Thing(
            @Nullable String text,
            int count,
            @Nullable Integer optional,
            @Nullable Double ratio,
            @Nullable Boolean flag,
            @Nullable Colour colour,
            @Nullable Instant at,
            @Nullable Duration lasting,
            @Nullable UUID id,
            @Nullable TenantId tenantId,
            @Nullable @Valid @Size(max = 3) List<Part> parts,
            @Nullable Map<String, String> labels,
            @Nullable JsonNode settings) {}

    @RestController
    @RequestMapping(path = RestPaths.API + "/things", version = RestPaths.VERSION)
    static class Things {

        @PostMapping
        Thing echo(@Valid @RequestBody Thing thing) {
            return thing;
        }

        @BodyLimit(bytes = 1024 * 1024, nesting = 100)
        @PostMapping("/documents")
        JsonNode document(@RequestBody JsonNode document) {
            return document;
        }
    }

    private String post(String json) {
        return http.post("/api/v1/things", json).problem();
    }

    @Test
    void takesWhatTheSchemaSays() {
        var json = "{\"text\":\"Zoë 😀\",\"count\":7,\"ratio\":0.5,\"flag\":true,\"colour\":\"RED\","
                + "\"at\":\"2026-01-31T12:00:00.123456789Z\",\"lasting\":\"PT24H\",\"id\":\"01890a5d-ac96-774b-bcce-b302099a8057\","
                + "\"tenantId\":\"acme\",\"parts\":[{\"name\":\"a\"}],\"labels\":{\"k\":\"v\"},\"settings\":{\"a\":[1,2.50]}}";

        var answer = http.post("/api/v1/things", json);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("text").asString()).isEqualTo("Zoë 😀");
        assertThat(answer.json().path("at").asString()).isEqualTo("2026-01-31T12:00:00.123456Z");
        assertThat(answer.json().path("lasting").asString()).isEqualTo("PT24H");
        assertThat(answer.json().path("tenantId").asString()).isEqualTo("acme");
        assertThat(answer.body()).contains("\"settings\":{\"a\":[1,2.50]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"count\":1,\"colr\":1}                       | 400 unknown_field /colr:unknown_field",
                "{\"count\":1,\"parts\":[{\"name\":\"a\",\"x\":1}]} | 400 unknown_field /parts/0/x:unknown_field",
                "{\"count\":1,\"count\":2}                      | 400 invalid_request /count:duplicate",
                "{\"count\":1,\"settings\":{\"a\":{\"b\":1,\"b\":1}}} | 400 invalid_request /settings/a/b:duplicate",
                "{\"count\":NaN}                               | 400 malformed_json",
                "{\"count\":1,\"ratio\":Infinity}               | 400 malformed_json",
                "{\"count\":1,\"ratio\":1e400}                  | 400 invalid_request /ratio:range",
                "{\"count\":1,\"settings\":[-1e999]}            | 400 invalid_request /settings/0:range",
                "{\"count\":1,\"text\":\"\\ud800\"}             | 400 invalid_request /text:format",
                "{\"count\":1,\"text\":\"\\udc00\\ud800\"}      | 400 invalid_request /text:format",
                "{\"count\":1,\"text\":\"a\\u0000b\"}           | 400 invalid_request /text:format",
                "{\"count\":1,\"labels\":{\"a\\ud800\":\"b\"}}  | 400 invalid_request /labels:format",
                "{\"count\":1,\"labels\":{\"a\\u0000\":\"b\"}}  | 400 invalid_request /labels:format",
                "{\"count\":1} {}                              | 400 malformed_json",
                "{\"count\":1}]                                | 400 malformed_json",
                "{\"count\":1,}                                | 400 malformed_json",
                "{'count':1}                                   | 400 malformed_json",
                "{\"count\":01}                                | 400 malformed_json",
                "{\"count\":1 /* one */}                       | 400 malformed_json",
                "{\"count\":1,\"text\":5}                       | 400 invalid_request /text:type",
                "{\"count\":1,\"text\":true}                    | 400 invalid_request /text:type",
                "{\"count\":1,\"text\":1.5}                     | 400 invalid_request /text:type",
                "{\"count\":1,\"text\":{}}                      | 400 invalid_request /text:type",
                "{\"count\":1,\"text\":[\"a\"]}                 | 400 invalid_request /text:type",
                "{\"count\":\"1\"}                             | 400 invalid_request /count:type",
                "{\"count\":1.0}                               | 400 invalid_request /count:type",
                "{\"count\":99999999999}                       | 400 invalid_request /count:range",
                "{\"count\":null}                              | 400 invalid_request /count:required",
                "{}                                            | 400 invalid_request /count:required",
                "{\"count\":1,\"optional\":\"\"}                | 400 invalid_request /optional:type",
                "{\"count\":1,\"ratio\":\"0.5\"}                | 400 invalid_request /ratio:type",
                "{\"count\":1,\"flag\":\"true\"}                | 400 invalid_request /flag:type",
                "{\"count\":1,\"flag\":1}                       | 400 invalid_request /flag:type",
                "{\"count\":1,\"colour\":\"BLUE\"}              | 400 invalid_request /colour:enum",
                "{\"count\":1,\"colour\":\"red\"}               | 400 invalid_request /colour:enum",
                "{\"count\":1,\"colour\":0}                     | 400 invalid_request /colour:type",
                "{\"count\":1,\"colour\":\"\"}                  | 400 invalid_request /colour:enum",
                "{\"count\":1,\"at\":1}                         | 400 invalid_request /at:type",
                "{\"count\":1,\"at\":\"2026-01-31\"}            | 400 invalid_request /at:format",
                "{\"count\":1,\"at\":\"2026-02-30T00:00:00Z\"}  | 400 invalid_request /at:format",
                "{\"count\":1,\"at\":\"2026-01-31T12:00:00+01:00\"} | 400 invalid_request /at:format",
                "{\"count\":1,\"at\":\"+12026-01-31T12:00:00Z\"} | 400 invalid_request /at:format",
                "{\"count\":1,\"lasting\":30}                   | 400 invalid_request /lasting:type",
                "{\"count\":1,\"lasting\":\"-P1D\"}             | 400 invalid_request /lasting:format",
                "{\"count\":1,\"lasting\":\"P\"}                | 400 invalid_request /lasting:format",
                "{\"count\":1,\"id\":\"1-1-1-1-1\"}             | 400 invalid_request /id:format",
                "{\"count\":1,\"tenantId\":\"ACME\"}            | 400 invalid_request /tenantId:format",
                "{\"count\":1,\"parts\":{\"name\":\"a\"}}       | 400 invalid_request /parts:type",
                "{\"count\":1,\"parts\":[{\"name\":\" \"}]}     | 400 invalid_request /parts/0/name:required",
                "{\"count\":1,\"parts\":[null,{\"name\":null}]} | 400 invalid_request /parts/1/name:required",
                "{\"count\":1,\"parts\":[{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"c\"},{\"name\":\"d\"}]} | 400 invalid_request /parts:length",
                "{\"count\":1,\"parts\":[\"a\"]}                | 400 invalid_request /parts/0:type",
                "[]                                            | 400 invalid_request :type",
                "5                                             | 400 invalid_request :type",
                "\"a\"                                         | 400 invalid_request :type",
                "null                                          | 400 malformed_json",
                "``                                            | 400 malformed_json",
                "` `                                           | 400 malformed_json",
                "{                                             | 400 malformed_json",
            })
    void refusesWhatItDoesNot(String json, String problem) {
        assertThat(post(json)).isEqualTo(problem);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        assertThat(http.sendBytes("POST", "/api/v1/things", "{\"count\":1,\"text\":\"é\"}".getBytes(ISO_8859_1))
                        .problem())
                .isEqualTo("400 malformed_json");
        assertThat(http.sendBytes("POST", "/api/v1/things", "{\"count\":1}".getBytes(UTF_16LE))
                        .problem())
                .isEqualTo("400 malformed_json");
        var surrogateInThreeBytes = "{\"count\":1,\"text\":\"\u00ed\u00a0\u0080\"}".getBytes(ISO_8859_1);
        assertThat(http.sendBytes("POST", "/api/v1/things", surrogateInThreeBytes)
                        .problem())
                .isEqualTo("400 malformed_json");
        assertThat(http.post("/api/v1/things", "{\"count\":1}", "Content-Type", "application/json;charset=utf-16")
                        .problem())
                .isEqualTo("415 unsupported_media_type");
    }

    @Test
    void limitsNestingTo32Levels() {
        assertThat(post("{\"count\":1,\"settings\":" + "[".repeat(31) + "]".repeat(31) + "}"))
                .startsWith("200");
        assertThat(post("{\"count\":1,\"settings\":" + "[".repeat(32) + "]".repeat(32) + "}"))
                .isEqualTo("400 invalid_request /settings" + "/0".repeat(31) + ":nesting");
        assertThat(post("[".repeat(100_000))).startsWith("400 ");
    }

    @Test
    void limitsStringsTo64Kilobytes() {
        assertThat(post("{\"count\":1,\"text\":\"" + "a".repeat(65_536) + "\"}"))
                .startsWith("200");
        assertThat(post("{\"count\":1,\"text\":\"" + "a".repeat(65_537) + "\"}"))
                .isEqualTo("400 invalid_request /text:length");
        assertThat(post("{\"count\":1,\"text\":\"" + "€".repeat(21_846) + "\"}"))
                .isEqualTo("400 invalid_request /text:length");
        assertThat(post("{\"count\":1,\"labels\":{\"" + "a".repeat(257) + "\":\"b\"}}"))
                .isEqualTo("400 invalid_request /labels:length");
        assertThat(post("{\"count\":1,\"text\":\"" + "a".repeat(200_000) + "\"}"))
                .startsWith("400 ");
    }

    @Test
    void limitsBodiesTo256KilobytesWithAndWithoutALength() {
        var padding = " ".repeat(256 * 1024 - "{\"count\":1}".length());
        assertThat(post("{\"count\":1}" + padding)).startsWith("200");
        assertThat(post("{\"count\":1}" + padding + " ")).isEqualTo("413 body_too_large");
        var chunk = "40001\n" + " ".repeat(0x40001) + "\n0\n\n";
        assertThat(http.raw("POST /api/v1/things HTTP/1.1\nHost: a\nContent-Type: application/json\n"
                                + "Transfer-Encoding: chunked\n\n" + chunk)
                        .problem())
                .isEqualTo("413 body_too_large");
    }

    @Test
    void givesAHandlerItsOwnLimits() {
        var deep = "[".repeat(100) + "]".repeat(100);
        assertThat(http.post("/api/v1/things/documents", deep + " ".repeat(500_000))
                        .status())
                .isEqualTo(200);
        assertThat(http.post("/api/v1/things/documents", "[" + deep + "]").problem())
                .isEqualTo("400 invalid_request " + "/0".repeat(100) + ":nesting");
        assertThat(http.sendBytes("POST", "/api/v1/things/documents", (deep + " ".repeat(1_100_000)).getBytes(UTF_8))
                        .problem())
                .isEqualTo("413 body_too_large");
    }

    @Test
    void neverRepeatsWhatWasSentNorNamesAClass() {
        var answer = http.post("/api/v1/things", "{\"count\":1,\"colour\":\"hunter2\"}");

        assertThat(answer.body())
                .doesNotContain("hunter2")
                .doesNotContain("com.misybot")
                .doesNotContain("java.");
    }

    @Test
    void reportsEveryInvalidFieldInOrder() {
        assertThat(post("{\"count\":1,\"parts\":[{\"name\":\"\"},{\"name\":\"a\"},{}]}"))
                .isEqualTo("400 invalid_request /parts/0/name:required /parts/2/name:required");
    }
}
