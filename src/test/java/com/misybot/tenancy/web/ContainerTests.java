package com.misybot.tenancy.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.LogLines;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootTest(
        classes = {WebSlice.class, ContainerTests.Handlers.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "tenancy.embedded.enabled=false",
            "tenancy.web.cors-origins=https://admin.example.com",
            "tenancy.web.trusted-proxies=127.0.0.0/8,::1/128,10.0.0.0/8"
        })
class ContainerTests {

    private final Http http;

    ContainerTests(@LocalServerPort int port) {
        http = new Http(port);
    }

    @RestController
    @RequestMapping(version = RestPaths.VERSION)
    static class Handlers {

        @GetMapping({RestPaths.API + "/where", RestPaths.API + "/context/where"})
        Map<String, String> where(HttpServletRequest request) {
            return Map.of("client", ClientAddress.of(request));
        }

        @PostMapping(RestPaths.API + "/body")
        Map<String, Object> body(@RequestBody Map<String, Object> body) {
            return body;
        }

        @GetMapping(RestPaths.API + "/half")
        void half(jakarta.servlet.http.HttpServletResponse response) throws IOException {
            response.getOutputStream().print("{\"items\":[");
            response.flushBuffer();
            throw new IllegalStateException("in the middle");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/where\u0001 HTTP/1.1\nHost: a\n\n",
                "GET /api/v1/wh ere HTTP/1.1\nHost: a\n\n",
                "GET /api/v1/%zz HTTP/1.1\nHost: a\nConnection: close\n\n",
                "GET /api/v1/%2 HTTP/1.1\nHost: a\nConnection: close\n\n",
                "GET /api/v1/%ff HTTP/1.1\nHost: a\nConnection: close\n\n",
                "GET /api/v1/a%00b HTTP/1.1\nHost: a\nConnection: close\n\n",
                "GET /api/v1/where?a=%zz HTTP/1.1\nHost: a\nConnection: close\n\n",
                "GET /api/v1/where?a=%ff HTTP/1.1\nHost: a\nConnection: close\n\n",
                "GET /api/v1/where?%00 HTTP/1.1\nHost: a\nConnection: close\n\n",
                "GET /api/v1/where HTTP/1.1\n\n",
                "GET /api/v1/where HTTP/1.1\nHost: a\nHost: b\n\n",
                "GET /api/v1/where HTTP/1.1\nHost: a b\n\n",
                "GET /api/v1/where HTTP/1.1\nHost: a\nBad Header: x\n\n",
                "GET /../../etc/passwd HTTP/1.1\nHost: a\nConnection: close\n\n",
                "GET /api/v1/..%2f..%2fwhere HTTP/1.1\nHost: a\nConnection: close\n\n",
                "GET /api/v1/a\\b HTTP/1.1\nHost: a\nConnection: close\n\n",
                "POST /api/v1/body HTTP/1.1\nHost: a\nContent-Length: -1\n\n",
                "POST /api/v1/body HTTP/1.1\nHost: a\nContent-Length: 1\nContent-Length: 2\n\n{}",
                "POST /api/v1/body HTTP/1.1\nHost: a\nContent-Type: application/json\nTransfer-Encoding: chunked\nConnection: close\n\nzz\n{}\n0\n\n",
                "POST /api/v1/body HTTP/1.1\nHost: a\nContent-Type: application/json\nContent-Length: 100\nConnection: close\n\n{}",
            })
    void refusesWhatIsNotHttp(String request) {
        assertThat(http.raw(request).problem()).matches("400 malformed_request");
    }

    @Test
    void refusesMethodsNobodyKnows() {
        assertThat(http.raw("BREW /api/v1/where HTTP/1.1\nHost: a\nConnection: close\n\n")
                        .problem())
                .isIn("405 method_not_allowed", "501 unsupported");
        assertThat(http.raw("TRACE /api/v1/where HTTP/1.1\nHost: a\nConnection: close\n\n")
                        .problem())
                .isEqualTo("405 method_not_allowed");
        assertThat(http.raw("POST /api/v1/body HTTP/1.1\nHost: a\nTransfer-Encoding: snail\nConnection: close\n\n")
                        .problem())
                .isEqualTo("501 unsupported");
        assertThat(http.raw("GET /api/v1/where HTTP/9.9\nHost: a\nConnection: close\n\n")
                        .status())
                .isEqualTo(505);
    }

    @Test
    void refusesHeadersOf8Kilobytes() {
        for (var size : new int[] {8_200, 17_000, 60_000}) {
            assertThat(http.raw("GET /api/v1/where HTTP/1.1\nHost: a\nX-A: " + "a".repeat(size)
                                    + "\nConnection: close\n\n")
                            .problem())
                    .as(size + " bytes")
                    .isEqualTo("431 headers_too_large");
        }
        assertThat(http.raw("GET /api/v1/where HTTP/1.1\nHost: a\n" + "X-A: b\n".repeat(200) + "Connection: close\n\n")
                        .problem())
                .isEqualTo("431 headers_too_large");
        assertThat(http.raw("GET /api/v1/" + "a".repeat(20_000) + " HTTP/1.1\nHost: a\nConnection: close\n\n")
                        .problem())
                .isIn("414 uri_too_long", "431 headers_too_large");
        assertThat(http.get("/api/v1/where", "X-A", "a".repeat(7_000)).status()).isEqualTo(200);
    }

    @Test
    void logsNothingThatAClientHasSent() {
        try (var log = LogLines.of(Logger.ROOT_LOGGER_NAME)) {
            http.raw("GET /api/v1/where HTTP/1.1\nHost: a\nAuthorization: Bearer mine\u0001own\n\n");
            http.raw("GET /api/v1/where?mine HTTP/1.1\nHost: a\nCookie: a=\"mine\n\n");
            http.raw("GET /api/v1/wh ere?mine HTTP/1.1\nHost: a\n\n");
            http.get("/api/v1/nowhere/mine");
            http.get("/nowhere/mine");
            assertThat(log.text()).doesNotContain("mine");
        }
        // Tomcat tells the first of a kind and is silent for a day, so that the lines above may have been told before
        for (var name : List.of(
                "org.apache.coyote.http11.Http11Processor",
                "org.apache.coyote.http11.Http11InputBuffer",
                "org.apache.tomcat.util.http.Parameters",
                "org.apache.tomcat.util.http.parser.Cookie")) {
            assertThat(LoggerFactory.getLogger(name).isInfoEnabled()).as(name).isFalse();
        }
        assertThat(LoggerFactory.getLogger("org.springframework.web.servlet.PageNotFound")
                        .isWarnEnabled())
                .isFalse();
    }

    @Test
    void neverSaysWhatItRunsOn() {
        var answer = http.raw("GET /api/v1/wh ere HTTP/1.1\nHost: a\n\n");

        assertThat(answer.body() + answer.headerLines())
                .doesNotContainIgnoringCase("tomcat")
                .doesNotContain("<html", "java");
    }

    @Test
    void cutsAnAnswerThatFailsHalfWay() {
        var answer = http.raw("GET /api/v1/half HTTP/1.1\nHost: a\n\n");

        assertThat(answer.body()).doesNotContain("\r\n0\r\n").doesNotContain("in the middle");
    }

    @Test
    void readsTheBodyOfAFormInNoWay() {
        var answer = http.send("POST", "/api/v1/body", "a=b", "Content-Type", "application/x-www-form-urlencoded");

        assertThat(answer.problem()).isEqualTo("415 unsupported_media_type");
        assertThat(http.send("POST", "/api/v1/body", "", "Content-Type", "application/json")
                        .problem())
                .isEqualTo("400 malformed_json");
    }

    @Test
    void believesTrustedProxiesAboutTheClient() {
        assertThat(client("203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(client("198.51.100.1, 203.0.113.9, 10.1.2.3")).isEqualTo("203.0.113.9");
        assertThat(client("203.0.113.9, evil, 10.1.2.3")).isEqualTo("10.1.2.3");
        assertThat(client("[2001:db8::1]")).isEqualTo("2001:db8::1");
        assertThat(client("localhost")).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    private String client(String forwarded) {
        return http.get("/api/v1/where", "X-Forwarded-For", forwarded)
                .json()
                .path("client")
                .asString();
    }

    @Test
    void letsNamedFrontendsInAndNobodyElse() {
        var own = http.get("/api/v1/where", "Origin", "https://admin.example.com");
        assertThat(own.header("Access-Control-Allow-Origin")).isEqualTo("https://admin.example.com");
        assertThat(Objects.requireNonNull(own.header("Access-Control-Expose-Headers")))
                .contains("ETag");
        var preflight = http.send(
                "OPTIONS",
                "/api/v1/where",
                null,
                "Origin",
                "https://admin.example.com",
                "Access-Control-Request-Method",
                "GET");
        assertThat(preflight.status()).isEqualTo(200);

        assertThat(http.get("/api/v1/where", "Origin", "https://evil.example.com")
                        .problem())
                .isEqualTo("403 forbidden");
        var context = http.get("/api/v1/context/where", "Origin", "https://admin.example.com");
        assertThat(context.header("Access-Control-Allow-Origin")).isNull();
    }
}
