package com.misybot.tenancy.context.signed;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.keyring.SigningKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class JwksTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final SigningKeys keys;
    private final int port;

    JwksTests(SigningKeys keys, @LocalServerPort int port) {
        this.keys = keys;
        this.port = port;
    }

    @Test
    void anybodyReadsThePublishedKeysAndNothingElse() throws IOException, InterruptedException {
        var answer = send("GET");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(
                        value -> assertThat(value.split(", ", -1)).containsExactlyInAnyOrder("max-age=300", "public"));
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        var jwks = JsonMapper.shared().readTree(answer.body()).path("keys");
        assertThat(jwks).hasSameSizeAs(keys.published());
        var key = keys.published().getFirst();
        assertThat(jwks.get(0).toString())
                .isEqualTo(
                        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%s\",\"kid\":\"%s\",\"use\":\"sig\",\"alg\":\"EdDSA\"}"
                                .formatted(key.publicKey(), key.keyId()));
    }

    @Test
    void whoHasThemIsToldSo() throws IOException, InterruptedException {
        var tag = send("GET").headers().firstValue("ETag").orElseThrow();

        var again = send("GET", "If-None-Match", tag);

        assertThat(tag).matches("\"[A-Za-z0-9_-]{43}\"");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(send("GET", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json",
                "application/jwk-set+json",
                "application/json, application/jwk-set+json"
            })
    void answersWhateverVerifiersAskFor(String accept) throws IOException, InterruptedException {
        assertThat(send("GET", "Accept", accept).statusCode()).isEqualTo(200);
    }

    @Test
    void takesNoOtherMethod() throws IOException, InterruptedException {
        assertThat(send("HEAD").statusCode()).isEqualTo(200);
        assertThat(send("DELETE").statusCode()).isEqualTo(405);
    }

    private HttpResponse<String> send(String method, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + JwksController.PATH))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
