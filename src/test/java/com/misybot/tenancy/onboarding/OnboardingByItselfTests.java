package com.misybot.tenancy.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.documents.Document;
import com.misybot.tenancy.outbound.NameServer;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Where no mail server is configured and no operator decides. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "tenancy.onboarding.approval=automatic",
            "tenancy.onboarding.look-every=200ms",
            "tenancy.onboarding.applications-an-hour=1000"
        })
@TestConstructor(autowireMode = AutowireMode.ALL)
class OnboardingByItselfTests {

    private static final NameServer NAMES = new NameServer();

    /** What differs from run to run: ids, instants, principals, generated siteIds, traces. */
    private static final Pattern OF_ONE_RUN = Pattern.compile(
            "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|site_[0-9A-Za-z]{20}|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z"
                    + "|operator:[^\"]+|\"version\":\\d+");

    private final ApplicationContext context;
    private final Api api;
    private final Api anybody;

    OnboardingByItselfTests(ApplicationContext context) {
        this.context = context;
        this.api = Api.operator(context);
        this.anybody = Api.anonymous(context);
    }

    @DynamicPropertySource
    static void names(DynamicPropertyRegistry registry) {
        registry.add("tenancy.outbound.name-servers", NAMES::address);
    }

    @Test
    void showsTheLinkToTheOperatorAloneUntilItIsUsed() {
        var slug = Api.freeSlug();
        var path = apply(slug, "");

        var link = link(path);
        assertThat(link).startsWith("http://localhost:8080/onboarding/verify/misy_inv_");
        assertThat(api.get("/onboarding/applications?host=www." + slug + ".example")
                        .toString())
                .doesNotContain("misy_inv_");
        assertThat(anybody.post("/onboarding/verifications", body(link)).status())
                .isEqualTo(200);
        assertThat(api.get(path).json().at("/mail").has("link")).isFalse();
    }

    @Test
    void becomesATenantWithoutAnybody() {
        var slug = Api.freeSlug();
        var path = apply(slug, "");
        prove(path);
        await().until(() -> api.get(path).text("/state").equals("REGISTERED"));

        var secret = await().until(() -> link(path), link -> link.contains("/onboarding/secret/"));
        var issued = anybody.post("/onboarding/secrets", body(secret));
        assertThat(Api.with(context, issued.text("/secret"))
                        .get("/tenants/" + slug)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void waitsForAnOperatorWhereAPlanOrAnotherHostIsAskedFor() {
        var plan = apply(Api.freeSlug(), ",\"plan\":\"standard\"");
        prove(plan);
        await().until(() -> api.get(plan).text("/state").equals("AWAITING_APPROVAL"));

        var slug = Api.freeSlug();
        var host = apply(slug, ",\"origins\":[\"https://www." + slug + ".example\",\"https://victim.example\"]");
        prove(host);
        await().until(() -> api.get(host).text("/state").equals("AWAITING_APPROVAL"));
    }

    /** Walks through docs/onboarding.md as its reader would, and compares what comes back with what stands there. */
    @Test
    void printsWhatTheManualShows(@TempDir Path directory) throws Exception {
        var key = directory.resolve("operator.key");
        Files.writeString(key, TestKeys.operator(context) + "\n");
        var records = directory.resolve("records");
        var prove = Files.writeString(
                directory.resolve("prove"),
                "#!/bin/sh\nprintf '%s %s' \"$1\" \"$2\" > " + records + ".new\nmv " + records + ".new " + records
                        + "\nwhile [ -e " + records + " ]; do sleep 0.05; done\n");
        assertThat(prove.toFile().setExecutable(true)).isTrue();
        var port = context.getBean(Environment.class).getRequiredProperty("local.server.port");
        var walk = new ProcessBuilder(
                        "bash",
                        "docs/onboarding.sh",
                        "http://127.0.0.1:" + port,
                        key.toString(),
                        "harbour-bakery",
                        "www.harbour-bakery.example",
                        prove.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(records) || !walk.isAlive());
        if (walk.isAlive()) {
            var record = Files.readString(records).split(" ", 2);
            NAMES.saysText(record[0], record[1]);
            Files.delete(records);
        }
        assertThat(walk.waitFor(60, TimeUnit.SECONDS)).isTrue();
        var output = Files.readString(directory.resolve("output"));
        assertThat(walk.exitValue()).as(output).isZero();
        assertThat(output).doesNotContainPattern("misy_(inv|ten|op)_\\w{20}");

        var made = "```console\n" + output.strip() + "\n```\n";
        var part = Document.part("docs/onboarding.md", "walkthrough");
        if (!neutral(part.text()).equals(neutral(made))) {
            part.updateWith(made);
        }
        assertThat(neutral(part.text()))
                .as("docs/onboarding.md: write it anew with ./mvnw test -Dupdate.docs=true")
                .isEqualTo(neutral(made));
    }

    private static String neutral(String text) {
        return OF_ONE_RUN.matcher(text).replaceAll("…");
    }

    private String apply(String slug, String more) {
        var taken = anybody.post(
                "/onboarding/applications",
                ("{\"organisation\":\"Acme\",\"tenantId\":\"%1$s\",\"email\":\"anna@%1$s.example\""
                                + (more.contains("origins") ? "" : ",\"origins\":[\"https://www.%1$s.example\"]") + more
                                + "}")
                        .formatted(slug));
        assertThat(taken.status()).as(taken.toString()).isEqualTo(202);
        return "/onboarding/applications/"
                + api.get("/onboarding/applications?host=www." + slug + ".example")
                        .text("/items/0/id");
    }

    private void prove(String path) {
        var challenge = api.get(path);
        NAMES.saysText(challenge.text("/challenge/dnsName"), challenge.text("/challenge/content"));
        var verified = anybody.post("/onboarding/verifications", body(link(path)));
        assertThat(verified.status()).isEqualTo(200);
        anybody.post("/onboarding/checks", "{\"token\":\"" + verified.text("/token") + "\"}");
    }

    private String link(String path) {
        return await().until(() -> api.get(path).text("/mail/link"), link -> !link.isEmpty());
    }

    private static String body(String link) {
        return "{\"token\":\"" + link.substring(link.lastIndexOf('/') + 1) + "\"}";
    }
}
