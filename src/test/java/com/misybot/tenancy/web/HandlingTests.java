package com.misybot.tenancy.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.MovableClock;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.kernel.TenantId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@SpringBootTest(
        classes = {WebSlice.class, HandlingTests.Resources.class, HandlingTests.Handlers.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "tenancy.embedded.enabled=false")
class HandlingTests {

    private static final String ME = "X-Test-Caller";

    private final Http http;
    private final MovableClock clock;

    HandlingTests(@LocalServerPort int port, @Autowired MovableClock clock) {
        this.http = new Http(port);
        this.clock = clock;
    }

    enum Order {
        CREATED_AT,
        NAME
    }

    enum Colour {
        RED,
        GREEN
    }

    record Filter(
            @Nullable String q,
            @Nullable List<Colour> colour,
            @Nullable @Max(9) Integer weight,
            @Nullable Instant since,
            @Nullable Map<String, String> labels) {}

    record View(
            String id,
            String name,
            @Nullable String note,
            Map<String, String> labels,
            Instant createdAt,
            long version) {}

    record Write(
            @NotBlank @Size(max = 10) String name,
            @Nullable String note,
            @NotNull Map<String, String> labels) {}

    record Action(@Nullable String reason, @Nullable String ticket) {}

    @TestConfiguration
    static class Resources {

        @Bean
        AddressedResource things() {
            return (_, path) -> {
                if (path.size() >= 2
                        && path.getFirst().equals("things")
                        && path.get(1).equals("nowhere")) {
                    throw new ProblemException(WebProblem.NOT_FOUND, "Nothing has this name.");
                }
            };
        }
    }

    @RestController
    @RequestMapping(path = RestPaths.API + "/things", version = RestPaths.VERSION)
    static class Handlers {

        private static final Set<String> READ_ONLY = Set.of("id", "createdAt", "version");
        private static final View CURRENT =
                new View("t1", "first", "old", Map.of("a", "1", "b", "2"), Instant.parse("2026-01-01T00:00:00Z"), 7);

        private final RequestBodies bodies;

        Handlers(RequestBodies bodies) {
            this.bodies = bodies;
        }

        @GetMapping("/{id}")
        ResponseEntity<View> read(@PathVariable TenantId id) {
            return ETags.ok(CURRENT, CURRENT.version());
        }

        @PutMapping("/{id}")
        Write replace(@PathVariable String id, IfMatch ifMatch, Cause cause, @RequestBody JsonNode body) {
            var write = bodies.replace(body, CURRENT, READ_ONLY, Write.class);
            ifMatch.require(CURRENT.version());
            return write;
        }

        @PatchMapping(path = "/{id}", consumes = "application/merge-patch+json")
        Write patch(@PathVariable String id, IfMatch ifMatch, Cause cause, @RequestBody JsonNode body) {
            var write = bodies.patch(body, CURRENT, READ_ONLY, Write.class);
            ifMatch.require(CURRENT.version());
            return write;
        }

        @DeleteMapping("/{id}")
        Map<String, String> delete(
                @PathVariable String id,
                IfMatch ifMatch,
                Cause cause,
                @RequestParam(required = false) @Nullable Duration purgeAfter) {
            Causes.required(cause);
            return Map.of("purgeAfter", String.valueOf(purgeAfter));
        }

        @PostMapping("/{id}/suspend")
        Map<String, String> suspend(
                @PathVariable String id,
                @Nullable IfMatch ifMatch,
                Cause cause,
                @RequestBody(required = false) @Nullable Action action) {
            ETags.requireMatch(ifMatch, CURRENT.version());
            var whole = action == null ? cause : Causes.with(cause, action.reason(), action.ticket());
            Causes.required(whole);
            return Map.of(
                    "actor",
                    whole.actor().toString(),
                    "reason",
                    String.valueOf(whole.reason()),
                    "ticket",
                    String.valueOf(whole.ticket()));
        }

        @GetMapping
        Page<String> list(Paging paging, Sorting<Order> sort, @Valid Filter filter) {
            var from = paging.cursor() == null
                    ? 0
                    : Integer.parseInt(paging.cursor().getFirst()) + 1;
            var rows = IntStream.range(from, Math.min(from + paging.limit(), 120))
                    .mapToObj(Integer::toString)
                    .toList();
            return paging.page(rows, List::of).map(row -> sort + "/" + row);
        }

        @GetMapping("/filter")
        Map<String, String> filter(Filter filter) {
            return Map.of("filter", filter.toString());
        }

        @GetMapping("/param")
        String param(
                @RequestParam(required = false) @Nullable SiteId site,
                @RequestParam(required = false) @Nullable UUID uuid,
                @RequestParam(required = false) @Nullable Boolean flag,
                @RequestParam(required = false) @Max(5) @Nullable Integer number,
                @RequestParam(name = "as", required = false) @Nullable Colour colour) {
            return "ok";
        }

        @GetMapping("/waiting")
        ResponseEntity<String> waiting(Waiting waiting) {
            var headers = new HttpHeaders();
            waiting.applied(headers);
            return ResponseEntity.ok()
                    .headers(headers)
                    .body(waiting.orDefault(Duration.ofSeconds(2)) + " " + waiting.async());
        }

        @GetMapping("/me")
        Map<String, String> me(Caller caller) {
            return Map.of("me", caller.actor().toString());
        }

        @GetMapping("/anybody")
        Map<String, String> anybody(@Nullable Caller caller) {
            return Map.of("me", String.valueOf(caller));
        }

        @GetMapping("/fail/{how}")
        String fail(@PathVariable String how) {
            throw switch (how) {
                case "invalid" -> new InvalidValue("format", "Give something else.");
                case "down" -> new DataAccessResourceFailureException("db.internal:5432 refused");
                case "nocon" -> new CannotGetJdbcConnectionException("db.internal", new SQLException("no", "08001"));
                case "notx" -> new CannotCreateTransactionException("db.internal");
                case "timeout" -> new QueryTimeoutException("select secret");
                case "serial" -> new CannotAcquireLockException("lost");
                case "killed" -> new UncategorizedSQLException("select 1", "select 1", new SQLException("x", "57P01"));
                case "twice" -> new DuplicateKeyException("Key (name)=(secret) exists in table tenant");
                case "gone" ->
                    Problem.of(WebProblem.CONFLICT, "Not so.")
                            .with("allowed", List.of("resume"))
                            .asException();
                default -> new IllegalStateException("select secret from db.internal");
            };
        }
    }

    private String problem(String path, String... headers) {
        return http.get("/api/v1/things" + path, headers).problem();
    }

    private Http.Answer put(String body, String... headers) {
        return http.send("PUT", "/api/v1/things/t1", body, headers);
    }

    @Test
    void answersWithAStrongTagAndNotModified() {
        var answer = http.get("/api/v1/things/t1");
        assertThat(answer.header("ETag")).isEqualTo("\"7\"");

        assertThat(http.get("/api/v1/things/t1", "If-None-Match", "\"7\"").status())
                .isEqualTo(304);
        assertThat(http.get("/api/v1/things/t1", "If-None-Match", "\"6\", W/\"7\"")
                        .status())
                .isEqualTo(304);
        assertThat(http.get("/api/v1/things/t1", "If-None-Match", "\"6\"").status())
                .isEqualTo(200);
        assertThat(http.send("HEAD", "/api/v1/things/t1", null).header("ETag")).isEqualTo("\"7\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "''            | 428 if_match_required",
                "W/\"7\"       | 400 invalid_request header/If-Match:format",
                "\"7\",\"8\"   | 400 invalid_request header/If-Match:format",
                "7             | 400 invalid_request header/If-Match:format",
                "\"6\"         | 412 stale_version",
                "\"\"          | 412 stale_version",
                "\"abc\"       | 412 stale_version",
            })
    void refusesAChangeOnAnotherVersion(String ifMatch, String problem) {
        assertThat(put("{\"name\":\"a\",\"labels\":{}}", ME, "anna", "If-Match", ifMatch)
                        .problem())
                .isEqualTo(problem);
    }

    @Test
    void changesThePresentVersionOrAny() {
        assertThat(put("{\"name\":\"a\",\"labels\":{}}", ME, "anna", "If-Match", "\"7\"")
                        .status())
                .isEqualTo(200);
        assertThat(put("{\"name\":\"a\",\"labels\":{}}", ME, "anna", "If-Match", "*")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesInTheOrderOfTheContract() {
        assertThat(put("{", "If-Match", "").problem()).isEqualTo("428 if_match_required");
        assertThat(put("{", ME, "anna", "If-Match", "\"1\"").problem()).isEqualTo("400 malformed_json");
        assertThat(put("{\"nme\":1}", ME, "anna", "If-Match", "\"1\"").problem())
                .isEqualTo("400 unknown_field /nme:unknown_field");
        for (var method : List.of("PUT", "PATCH", "POST", "DELETE")) {
            assertThat(http.send(method, "/api/v1/things/nowhere", "{", ME, "anna")
                            .problem())
                    .as(method)
                    .isEqualTo("404 not_found");
        }
        assertThat(http.get("/api/v1/things/nowhere", ME, "anna", "Accept", "image/png")
                        .problem())
                .isEqualTo("404 not_found");
    }

    @Test
    void takesBackWhatGetReturned() {
        var got = http.get("/api/v1/things/t1").body();

        var answer = put(got, ME, "anna", "If-Match", "*");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("name").asString()).isEqualTo("first");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"a\",\"labels\":{},\"id\":\"t2\"}                   | 400 read_only /id:read_only",
                "{\"name\":\"a\",\"labels\":{},\"version\":8,\"id\":null}       | 400 read_only /id:read_only /version:read_only",
                "{\"name\":\"a\",\"labels\":{},\"version\":7.0,\"id\":\"t1\"}   | 200",
                "{\"name\":\"a\",\"labels\":{},\"createdAt\":\"2026-01-01T00:00:00Z\"} | 200",
                "{\"labels\":{}}                                               | 400 invalid_request /name:required",
                "{\"name\":\"12345678901\",\"labels\":{}}                      | 400 invalid_request /name:length",
                "{\"name\":\"a\",\"labels\":{},\"status\":\"X\"}                | 400 unknown_field /status:unknown_field",
                "[]                                                           | 400 invalid_request :type",
            })
    void replacesWhatAClientMaySet(String body, String problem) {
        assertThat(put(body, ME, "anna", "If-Match", "*").problem().replaceFirst("^200.*", "200"))
                .satisfies(
                        answer -> assertThat(Set.of(answer.split(" ", -1))).isEqualTo(Set.of(problem.split(" ", -1))));
    }

    @Test
    void patchesAsRfc7396Says() {
        var patched = http.send(
                "PATCH",
                "/api/v1/things/t1",
                "{\"note\":null,\"labels\":{\"a\":null,\"c\":\"3\"},\"version\":7}",
                "Content-Type",
                "application/merge-patch+json",
                ME,
                "anna",
                "If-Match",
                "*");

        assertThat(patched.status()).as(patched.body()).isEqualTo(200);
        assertThat(patched.body()).isEqualTo("{\"name\":\"first\",\"note\":null,\"labels\":{\"b\":\"2\",\"c\":\"3\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":null}        | 400 invalid_request /name:required",
                "{\"id\":\"x\"}         | 400 read_only /id:read_only",
                "{\"id\":null}          | 400 read_only /id:read_only",
                "{\"nope\":1}           | 400 unknown_field /nope:unknown_field",
                "{\"labels\":{\"a\":1}} | 400 invalid_request /labels/a:type",
                "[]                     | 400 invalid_request :type",
                "null                   | 400 invalid_request :type",
            })
    void refusesPatchesThatLeaveNoResource(String patch, String problem) {
        assertThat(http.send(
                                "PATCH",
                                "/api/v1/things/t1",
                                patch,
                                "Content-Type",
                                "application/merge-patch+json",
                                ME,
                                "anna",
                                "If-Match",
                                "*")
                        .problem())
                .isEqualTo(problem);
    }

    @Test
    void saysWhatMediaTypesItReads() {
        var answer = http.send("PATCH", "/api/v1/things/t1", "{}", ME, "anna", "If-Match", "*");

        assertThat(answer.problem()).isEqualTo("415 unsupported_media_type");
        assertThat(answer.header("Accept-Patch")).isEqualTo("application/merge-patch+json");
        assertThat(http.send(
                                "PUT",
                                "/api/v1/things/t1",
                                "a=b",
                                ME,
                                "anna",
                                "If-Match",
                                "*",
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .problem())
                .isEqualTo("415 unsupported_media_type");
    }

    @Test
    void takesReasonsFromHeadersAndBodies() {
        var path = "/api/v1/things/t1/suspend";
        assertThat(http.post(path, "{\"reason\":\"due\",\"ticket\":\"T-1\"}", ME, "anna")
                        .body())
                .contains("\"reason\":\"due\"", "\"ticket\":\"T-1\"", "\"actor\":\"operator:anna\"");
        assertThat(http.post(path, "{}", ME, "anna", "X-Reason", "Z%C3%BCrich%20%F0%9F%98%80")
                        .body())
                .contains("Zürich 😀");
        assertThat(http.send("POST", path, null, ME, "anna", "X-Reason", "due").status())
                .isEqualTo(200);
        assertThat(http.post(path, "{\"reason\":\"due\"}", ME, "anna", "X-Reason", "due")
                        .status())
                .isEqualTo(200);
        assertThat(http.post(path, "{\"reason\":\"due\"}", ME, "anna", "X-Reason", "late")
                        .problem())
                .isEqualTo("400 invalid_request /reason:ambiguous");
        assertThat(http.post(path, "{\"ticket\":\"a\"}", ME, "anna", "X-Ticket", "b")
                        .problem())
                .startsWith("400 ");
        assertThat(http.post(path, "{}", ME, "anna").problem()).isEqualTo("422 reason_required");
        assertThat(http.post(path, "{\"reason\":\" \"}", ME, "anna").problem())
                .isEqualTo("400 invalid_request /reason:length");
        assertThat(http.post(path, "{\"reason\":\"" + "😀".repeat(500) + "\"}", ME, "anna")
                        .status())
                .isEqualTo(200);
        assertThat(http.post(path, "{\"reason\":\"" + "a".repeat(501) + "\"}", ME, "anna")
                        .problem())
                .startsWith("400 ");
        for (var bad : List.of("%", "%2", "%zz", "%FF", "a%00b", "%ED%A0%80")) {
            assertThat(http.post(path, "{}", ME, "anna", "X-Reason", bad).problem())
                    .isEqualTo("400 invalid_request header/X-Reason:format");
        }
        assertThat(http.post(path, "{}", ME, "anna", "X-Reason", "a".repeat(501))
                        .problem())
                .isEqualTo("400 invalid_request header/X-Reason:length");
        assertThat(http.post(path, "{}", "X-Reason", "a").problem()).isEqualTo("401 unauthenticated");
    }

    @Test
    void pagesThroughAList() {
        var first = http.get("/api/v1/things?q=a&sort=-name", ME, "anna").json();
        assertThat(first.path("items").size()).isEqualTo(50);
        assertThat(first.path("items").get(0).asString()).isEqualTo("-name/0");
        var token = first.path("nextPageToken").asString();

        var second = http.get("/api/v1/things?pageSize=200&sort=-name&q=a&pageToken=" + token, ME, "anna")
                .json();

        assertThat(second.path("items").size()).isEqualTo(70);
        assertThat(second.path("items").get(0).asString()).isEqualTo("-name/50");
        assertThat(second.has("nextPageToken")).isFalse();
    }

    @Test
    void refusesTokensThatAreNotForThisList() {
        var token = http.get("/api/v1/things?q=a", ME, "anna")
                .json()
                .path("nextPageToken")
                .asString();
        var refused = "400 page_token_invalid query/pageToken:format";

        assertThat(problem("?q=a&pageToken=" + token, ME, "anna")).startsWith("200");
        assertThat(problem("?q=a&pageToken=" + token, ME, "bert")).isEqualTo(refused);
        assertThat(problem("?q=b&pageToken=" + token, ME, "anna")).isEqualTo(refused);
        assertThat(problem("?pageToken=" + token, ME, "anna")).isEqualTo(refused);
        assertThat(problem("?q=a&sort=name&pageToken=" + token, ME, "anna")).isEqualTo(refused);
        assertThat(problem("?q=a&pageToken=" + token + "A", ME, "anna")).isEqualTo(refused);
        assertThat(problem("?q=a&pageToken=", ME, "anna")).startsWith("400 ");
        for (int i = 0; i < token.length(); i++) {
            var other = token.charAt(i) == 'B' ? 'C' : 'B';
            var edited = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(problem("?q=a&pageToken=" + edited, ME, "anna")).isEqualTo(refused);
        }
        clock.move(Duration.ofHours(24));
        assertThat(problem("?q=a&pageToken=" + token, ME, "anna")).isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?pageSize=0            | 400 invalid_request query/pageSize:range",
                "?pageSize=201          | 400 invalid_request query/pageSize:range",
                "?pageSize=abc          | 400 invalid_request query/pageSize:range",
                "?pageSize=-1           | 400 invalid_request query/pageSize:range",
                "?pageSize=+5           | 400 invalid_request query/pageSize:range",
                "?pageSize=1&pageSize=2 | 400 invalid_request query/pageSize:duplicate",
                "?pageToken=x           | 400 page_token_invalid query/pageToken:format",
                "?sort=weight           | 400 invalid_request query/sort:enum",
                "?sort=NAME             | 400 invalid_request query/sort:enum",
                "?sort=createdAt,name   | 400 invalid_request query/sort:enum",
                "?sort=                 | 400 invalid_request query/sort:format",
                "?pagesize=1            | 400 unknown_parameter query/pagesize:unknown_parameter",
                "?q=a&q=b               | 400 invalid_request query/q:duplicate",
                "?colour=BLUE           | 400 invalid_request query/colour:enum",
                "?weight=10             | 400 invalid_request query/weight:range",
                "?weight=0x5            | 400 invalid_request query/weight:type",
                "?weight=99999999999    | 400 invalid_request query/weight:range",
                "?weight=               | 400 invalid_request query/weight:format",
                "?since=yesterday       | 400 invalid_request query/since:format",
                "/param?site=a          | 400 invalid_request query/site:format",
                "/param?uuid=1-1-1-1-1  | 400 invalid_request query/uuid:format",
                "/param?flag=yes        | 400 invalid_request query/flag:type",
                "/param?number=6        | 400 invalid_request query/number:range",
                "/param?number=a        | 400 invalid_request query/number:type",
                "/param?as=BLUE         | 400 invalid_request query/as:enum",
                "/param?colour=RED      | 400 unknown_parameter query/colour:unknown_parameter",
                "/me?a=b                | 400 unknown_parameter query/a:unknown_parameter",
                "?q=%00                 | 400 malformed_request",
                "?q=%FF                 | 400 malformed_request",
                "?labels[a]=b&other[a]=b | 400 unknown_parameter query/other[a]:unknown_parameter",
            })
    void refusesParametersThatAreNotDeclared(String query, String problem) {
        assertThat(problem(query.replace("[", "%5B").replace("]", "%5D"), ME, "anna"))
                .isEqualTo(problem);
    }

    @Test
    void bindsDeclaredParameters() {
        assertThat(http.get(
                                "/api/v1/things/filter?q=a%20b&colour=RED&colour=GREEN&weight=9&since=2026-01-01T00:00:00Z&labels%5Ba%5D=1&labels%5Bb%5D=2")
                        .body())
                .contains("q=a b", "colour=[RED, GREEN]", "weight=9", "labels={a=1, b=2}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "''                     | PT2S false  | null",
                "wait=10                | PT10S false | wait=10",
                "wait=90                | PT1M false  | wait=60",
                "wait=0                 | PT0S false  | wait=0",
                "wait=-1                | PT2S false  | null",
                "wait=soon              | PT2S false  | null",
                "respond-async          | PT0S true   | respond-async",
                "respond-async, wait=5  | PT5S true   | respond-async",
                "wait=\"5\"; x=1, foo   | PT5S false  | wait=5",
            })
    void waitsAsLongAsPreferred(String prefer, String waiting, String applied) {
        var answer = http.get("/api/v1/things/waiting", "Prefer", prefer);

        assertThat(answer.body()).isEqualTo(waiting);
        assertThat(String.valueOf(answer.header("Preference-Applied"))).isEqualTo(applied);
    }

    @Test
    void knowsTheCaller() {
        assertThat(http.get("/api/v1/things/me", ME, "anna").body()).contains("operator:anna");
        assertThat(problem("/me")).isEqualTo("401 unauthenticated");
        assertThat(http.get("/api/v1/things/anybody").body()).contains("null");
    }

    @ParameterizedTest
    @CsvSource({
        "invalid, 400 invalid_request",
        "down, 503 unavailable",
        "nocon, 503 unavailable",
        "notx, 503 unavailable",
        "timeout, 503 unavailable",
        "serial, 503 unavailable",
        "killed, 503 unavailable",
        "twice, 409 conflict",
        "gone, 409 conflict",
        "other, 500 internal_error",
    })
    void answersFailuresWithoutTellingSecrets(String how, String problem) {
        var answer = http.get("/api/v1/things/fail/" + how);

        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.body())
                .doesNotContain("secret", "select", "db.internal", "Exception", "com.misybot", "org.spring");
        assertThat(answer.header("Retry-After") != null).isEqualTo(problem.startsWith("503"));
    }

    @Test
    void addsMembersToAProblem() {
        assertThat(http.get("/api/v1/things/fail/gone")
                        .json()
                        .path("allowed")
                        .get(0)
                        .asString())
                .isEqualTo("resume");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api",
                "/api/",
                "/api/v1",
                "/api/v1/",
                "/api/v1/nothing",
                "/api/v2/things/t1",
                "/api/1/things/t1",
                "/api/x1/things/t1",
                "/api/V1/things/t1",
                "/api/v1.0/things/t1",
                "/api/v1/things/t1/",
                "/api/v1/things/T1",
                "/error",
                "/favicon.ico",
                "/static/x.js"
            })
    void hasNothingElsewhere(String path) {
        assertThat(http.get(path).problem()).isEqualTo("404 not_found");
    }

    @Test
    void saysWhichMethodsThereAre() {
        var answer = http.send("POST", "/api/v1/things/t1", "{}", ME, "anna");

        assertThat(answer.problem()).isEqualTo("405 method_not_allowed");
        assertThat(Objects.requireNonNull(answer.header("Allow")).split(", ", -1))
                .contains("GET", "PUT", "PATCH", "DELETE");
        assertThat(http.get("/api/v1/things/t1", "Accept", "image/png").problem())
                .isEqualTo("406 not_acceptable");
        assertThat(problem("/t1", "Accept", "application/xml;q=1")).isEqualTo("406 not_acceptable");
    }

    @Test
    void returnsTheTraceOfTheCaller() {
        var sent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        var answer = http.get("/api/v1/things/me", "traceparent", sent);

        assertThat(answer.header("traceparent"))
                .startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-")
                .endsWith("-01")
                .isNotEqualTo(sent);
        assertThat(answer.json().path("traceId").asString()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(http.get("/api/v1/things/me", "traceparent", "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01")
                        .header("traceparent"))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]")
                .doesNotContain("0".repeat(32));
        assertThat(http.get("/api/v1/things/t1").header("traceparent")).isNotNull();
    }

    @Test
    void listsEveryStatusOnceWherePossible() {
        var codes = new LinkedHashMap<String, HttpStatus>();
        for (var problem : WebProblem.values()) {
            assertThat(codes.put(problem.code(), problem.status())).isNull();
        }
    }
}
