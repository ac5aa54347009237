package com.misybot.tenancy.web;

import static com.misybot.tenancy.Api.freeSlug;
import static com.misybot.tenancy.Api.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What is neither read nor answered here is refused before anything is done. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class MediaTypeTests {

    private final Api api;

    MediaTypeTests(@Autowired ApplicationContext context) {
        this.api = Api.operator(context);
    }

    @Test
    void everyHandlerSaysWhatItReadsAndAnswers(
            @Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers) {
        handlers.getHandlerMethods().forEach((route, handler) -> {
            if (handler.hasMethodAnnotation(Access.class)) {
                assertThat(route.getProducesCondition().isEmpty())
                        .as("produces of %s", handler)
                        .isFalse();
                var reads = Arrays.stream(handler.getMethodParameters())
                        .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class));
                assertThat(reads && route.getConsumesCondition().isEmpty())
                        .as("consumes of %s", handler)
                        .isFalse();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/yaml", "application/xml"})
    void doesNothingWhoseAnswerNobodyAccepts(String accept) {
        var slug = freeSlug();

        assertThat(api.post("/tenants", tenant(slug), "Accept", accept).text("/code"))
                .isEqualTo("not_acceptable");
        assertThat(api.get("/tenants/" + slug).status()).isEqualTo(404);

        api.post("/tenants", tenant(slug));
        assertThat(api.post("/tenants/" + slug + "/suspend", "{\"reason\":\"x\"}", "Accept", accept)
                        .status())
                .isEqualTo(406);
        assertThat(api.delete("/tenants/" + slug, "Accept", accept, "If-Match", "*", "X-Reason", "x")
                        .status())
                .isEqualTo(406);
        assertThat(api.get("/tenants/" + slug).text("/status")).isEqualTo("ACTIVE");
        assertThat(api.get("/tenants/" + slug, "Accept", accept).status()).isEqualTo(406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json;q=0", "*/*;q=0", "application/json; q=0.000, */*", "text/html, */*;q=0"})
    void answersNobodyInWhatTheyDoNotAcceptAtAll(String accept) {
        var slug = freeSlug();
        assertThat(api.post("/tenants", tenant(slug), "Accept", accept).text("/code"))
                .isEqualTo("not_acceptable");
        var missing = api.get("/tenants/" + slug, "Accept", accept);
        assertThat(missing.status()).isEqualTo(404);
        api.post("/tenants", tenant(slug), "Accept", "text/html;q=0, application/json;q=0.1");
        assertThat(api.get("/tenants/" + slug, "Accept", accept).status()).isEqualTo(406);
        assertThat(api.get("/tenants/" + slug, "Accept", "*/*;q=0, application/json")
                        .status())
                .isEqualTo(200);
        assertThat(api.get("/context?siteId=nobody&origin=https://a.example", "Accept", accept)
                        .status())
                .isEqualTo(406);
    }

    @Test
    void refusesMethodsOfOthersInTheirTurn() {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));
        assertThat(api.send("PROPFIND", "/tenants/" + slug, null).text("/code")).isEqualTo("method_not_allowed");
        assertThat(api.send("PROPFIND", "/tenants/" + freeSlug(), null).status())
                .isEqualTo(404);
        assertThat(api.send("PROPFIND", "/tenants/" + slug, null, "Authorization", "Bearer none")
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/yaml", "*/*", "application/*", "application/*+json", "application/json-patch+json"})
    void readsNothingButJson(String type) {
        var slug = freeSlug();

        assertThat(api.post("/tenants", tenant(slug), "Content-Type", type).text("/code"))
                .isEqualTo("unsupported_media_type");
        assertThat(api.get("/tenants/" + slug).status()).isEqualTo(404);
    }

    @Test
    void readsBodiesAsTheyAre() {
        assertThat(api.post("/tenants", tenant(freeSlug()), "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(415);
        assertThat(api.post("/tenants", tenant(freeSlug()), "Content-Encoding", "identity")
                        .status())
                .isEqualTo(201);
        assertThat(api.post("/tenants/import", "", "Content-Type", "application/x-ndjson;charset=utf-16")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void refusesAQueryThatTheContainerCannotRead() {
        var many = IntStream.range(0, 1_100).mapToObj(i -> "p=" + i).collect(Collectors.joining("&"));

        assertThat(api.get("/tenants?=1").status()).isEqualTo(400);
        assertThat(api.get("/tenants?" + many).status()).isEqualTo(400);
    }

    @Test
    void clearsNoFieldThatDoesNotExist() {
        var slug = freeSlug();
        api.post("/tenants", tenant(slug));

        var patched = api.patch("/tenants/" + slug, "{\"business\":{\"foo\":null}}", "If-Match", "*");
        assertThat(patched.status()).isEqualTo(400);
        assertThat(patched.text("/errors/0/pointer")).isEqualTo("/business/foo");
        assertThat(api.patch("/tenants/" + slug, "{\"labels\":{\"none\":null}}", "If-Match", "*")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void takesBackTheNumbersItGives() {
        var slug = freeSlug();
        var begin = "{\"tenantId\":\"" + slug + "\",\"business\":{\"name\":\"N\"},\"settings\":{\"a\":";

        assertThat(api.post("/tenants", begin + "1e100}}").text("/errors/0/pointer"))
                .isEqualTo("/settings");
        assertThat(api.post("/tenants", begin + "1e40}}").status()).isEqualTo(201);
        var read = api.get("/tenants/" + slug);
        assertThat(api.put("/tenants/" + slug, read.response().body(), "If-Match", read.header("ETag"))
                        .status())
                .isEqualTo(200);
    }
}
