package com.misybot.tenancy.tenant;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** What a move says that it did is what is so. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class MoveEffectsTests {

    private static final String PAGE = "https://www.acme.example";

    private final Api api;

    MoveEffectsTests(ApplicationContext context) {
        this.api = Api.operator(context);
    }

    @ParameterizedTest
    @CsvSource({
        "suspend,            REFUSED, REFUSED,  ENDED, 403",
        "deactivate,         REFUSED, REFUSED,  ENDED, 403",
        "delete,             UNKNOWN, REFUSED,  ENDED, 404",
        "suspend resume,     SERVED,  ACCEPTED, LIVE,  200",
        "deactivate activate, SERVED, ACCEPTED, LIVE,  200",
        "delete restore,     SERVED,  ACCEPTED, LIVE,  200",
        "suspend deactivate, REFUSED, REFUSED,  ENDED, 403"
    })
    void tellsInItsAnswerAndItsEventWhatIsSo(String moves, String sites, String secrets, String sessions, int status) {
        var slug = freeSlug();
        var made = api.post(
                "/tenants",
                "{\"tenantId\":\"%s\",\"business\":{\"name\":\"x\"},\"allowedOrigins\":[\"%s\"]}".formatted(slug, PAGE),
                "Prefer",
                "wait=30");
        var answers = new ArrayList<Api.Answer>();
        for (var move : List.of(moves.split(" "))) {
            answers.add(
                    move.equals("delete")
                            ? api.delete("/tenants/" + slug, "If-Match", "*", "X-Reason", "over")
                            : api.post("/tenants/" + slug + "/" + move, "{\"reason\":\"because\"}"));
        }
        var answer = answers.getLast();

        assertThat(answer.json().at("/effects").toString())
                .isEqualTo("{\"sites\":\"%s\",\"secrets\":\"%s\",\"sessions\":\"%s\"}"
                        .formatted(sites, secrets, sessions));
        var resolved = "/context?siteId=" + made.text("/siteId") + "&origin="
                + URLEncoder.encode(PAGE, StandardCharsets.UTF_8);
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(api.get(resolved).status()).isEqualTo(status);
            assertThat(api.post("/secrets/verify", "{\"secret\":\"" + made.text("/secret") + "\"}")
                            .json()
                            .at("/valid")
                            .asBoolean())
                    .isEqualTo(secrets.equals("ACCEPTED"));
        });
        var data = api.get("/tenants/" + slug + "/events")
                .json()
                .at("/items")
                .valueStream()
                .toList()
                .getLast()
                .at("/data");
        assertThat(data.at("/status").asString()).isEqualTo(answer.text("/status"));
        if (!moves.equals("suspend deactivate")) {
            assertThat(data.at("/sites").asString()).isEqualTo(sites);
            assertThat(data.at("/secrets").asString()).isEqualTo(secrets);
            assertThat(data.at("/sessions").asString()).isEqualTo(sessions);
        }
    }
}
