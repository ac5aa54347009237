package com.misybot.tenancy.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What proves a site and what does not. */
class OriginProofTests extends OnboardingFixture {

    private final HttpServer site;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Behaviour behaviour = exchange -> exchange.sendResponseHeaders(404, -1);

    interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    OriginProofTests() throws IOException {
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        site.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        site.createContext("/", exchange -> {
            try (exchange) {
                asked.incrementAndGet();
                behaviour.answer(exchange);
            }
        });
        site.start();
    }

    @AfterEach
    void stop() {
        site.stop(0);
    }

    private String here() {
        return "http://localhost:" + site.getAddress().getPort();
    }

    private record Open(Applicant applicant, String follow, String content) {}

    private Open open(String origin) {
        var anna = Applicant.fresh();
        apply(anna.with("origins", origin));
        var follow = verify(anna);
        var status = anybody().post("/onboarding/status", token(follow));
        return new Open(anna, follow, status.text("/challenge/content"));
    }

    private Api.Answer check(Open open) {
        platform(
                "update onboarding_application set checked_at = now() - interval '1 minute' where challenge = ?",
                open.content().replace("misy-verification=", ""));
        var checked = anybody().post("/onboarding/checks", token(open.follow()));
        assertThat(checked.status()).as(checked.toString()).isEqualTo(200);
        return checked;
    }

    private void assertMissed(Api.Answer checked, String dns, String http) {
        assertThat(checked.text("/state")).isEqualTo("EMAIL_VERIFIED");
        assertThat(checked.text("/lastCheck/dns")).as(checked.toString()).isEqualTo(dns);
        assertThat(checked.text("/lastCheck/http")).as(checked.toString()).isEqualTo(http);
    }

    private static void say(HttpExchange exchange, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Test
    void isAFileOnTheSite() {
        var open = open(here());
        behaviour = exchange -> say(
                exchange,
                exchange.getRequestURI().getPath().equals("/.well-known/misy-verification.txt")
                        ? open.content() + "\n"
                        : "no");

        assertThat(check(open).text("/state")).isEqualTo("AWAITING_APPROVAL");
        assertThat(api().get("/onboarding/applications?host=localhost").text("/items/0/proof"))
                .isEqualTo("HTTP");
    }

    @Test
    void isNoOtherFile() {
        var open = open(here());
        behaviour = exchange -> say(exchange, open.content() + "0");
        assertMissed(check(open), "NOTHING", "OTHER_VALUE");
        behaviour = exchange -> say(exchange, open.content() + " ".repeat(1_000));
        assertMissed(check(open), "NOTHING", "TOO_LONG");
        behaviour = exchange -> exchange.sendResponseHeaders(500, -1);
        assertMissed(check(open), "NOTHING", "NOTHING");
    }

    @Test
    void isNotWhereTheSiteSendsTo() {
        var open = open(here());
        behaviour = exchange -> {
            if (exchange.getRequestURI().getPath().equals("/proof")) {
                say(exchange, open.content());
            } else {
                exchange.getResponseHeaders().set("Location", here() + "/proof");
                exchange.sendResponseHeaders(302, -1);
            }
        };
        var before = asked.get();

        assertMissed(check(open), "NOTHING", "REDIRECT");
        assertThat(asked.get()).as("nobody follows").isEqualTo(before + 1);
    }

    @Test
    void isNoEndlessBody() {
        var open = open(here());
        behaviour = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var line = (open.content() + "\n").getBytes(StandardCharsets.UTF_8);
            while (true) {
                exchange.getResponseBody().write(line);
            }
        };

        assertMissed(check(open), "NOTHING", "TOO_LONG");
    }

    @Test
    void isNothingInside() {
        var anna = Applicant.fresh();
        NAMES.says(anna.host(), "10.0.0.7");
        var open = open("https://" + anna.host());
        assertMissed(check(open), "NOTHING", "UNREACHABLE");

        var unknown = open("https://" + Applicant.fresh().host());
        assertMissed(check(unknown), "NOTHING", "UNREACHABLE");
    }

    @Test
    void isNoRecordThatEveryNameHas() {
        var host = Applicant.fresh().host();
        var open = open("https://" + host);
        NAMES.saysText("*." + host, open.content());
        assertMissed(check(open), "WILDCARD", "UNREACHABLE");

        NAMES.saysText("_misy-challenge." + host, open.content());
        assertMissed(check(open), "WILDCARD", "UNREACHABLE");

        NAMES.saysText("*." + host, "something else");
        assertThat(check(open).text("/state")).isEqualTo("AWAITING_APPROVAL");
    }

    @Test
    void isNoRecordOfAnotherApplication() {
        var host = Applicant.fresh().host();
        var other = open("https://" + host);
        var open = open("https://" + host);
        NAMES.saysText("_misy-challenge." + host, other.content());
        assertMissed(check(open), "OTHER_VALUE", "UNREACHABLE");

        NAMES.saysText("_misy-challenge." + host, other.content(), "v=spf1", open.content());
        assertThat(check(open).text("/state")).isEqualTo("AWAITING_APPROVAL");
    }

    @Test
    void isARecordForAnOriginOfManyHosts() {
        var domain = Applicant.fresh().slug() + ".example";
        var open = open("https://*." + domain);
        assertMissed(check(open), "NOTHING", "NOT_POSSIBLE");
        NAMES.saysText("_misy-challenge." + domain, open.content());
        assertThat(check(open).text("/state")).isEqualTo("AWAITING_APPROVAL");
    }

    @Test
    void isNotLookedForAllTheTime() {
        var open = open("https://" + Applicant.fresh().host());
        check(open);
        var soon = anybody().post("/onboarding/checks", token(open.follow()));

        assertThat(soon.status()).isEqualTo(429);
        assertThat(Integer.parseInt(soon.header("Retry-After"))).isBetween(1, 10);
    }

    @Test
    void isLookedForEverMoreRarely() {
        var open = open("https://" + Applicant.fresh().host());
        var pauses = new java.util.ArrayList<Long>();
        for (var i = 0; i < 3; i++) {
            var checked = check(open).json();
            pauses.add(java.time.Duration.between(
                            java.time.Instant.parse(checked.at("/lastCheck/at").asString()),
                            java.time.Instant.parse(checked.at("/nextCheckAt").asString()))
                    .toMinutes());
        }

        assertThat(pauses).containsExactly(1L, 2L, 4L);
    }

    /** A year later somebody else may have the domain. */
    @Test
    void isLookedForAgainAndItsLossIsTold() {
        var anna = Applicant.fresh();
        proven(anna);
        approve(anna);
        awaitState(anna, "REGISTERED");
        makeDue(anna);
        await().untilAsserted(
                        () -> assertThat(application(anna).text("/nextCheckAt")).isGreaterThan("2027"));
        assertThat(lost(anna)).isZero();

        NAMES.saysText("_misy-challenge." + anna.host(), "for sale");
        makeDue(anna);

        await().untilAsserted(() -> assertThat(lost(anna)).isEqualTo(1));
        assertThat(application(anna).text("/lastCheck/dns")).isEqualTo("OTHER_VALUE");
        assertThat(api().get("/tenants/" + anna.slug()).text("/status")).isEqualTo("ACTIVE");
    }

    private long lost(Applicant applicant) {
        var id = id(applicant);
        return transactions.read(
                com.misybot.tenancy.kernel.Scope.platformRows(),
                () -> jdbc.sql("select count(*) from event where type = 'onboarding.proof_lost' and subject = ?")
                        .param(id)
                        .query(Long.class)
                        .single());
    }
}
