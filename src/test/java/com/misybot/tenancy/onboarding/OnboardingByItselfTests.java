package com.misybot.tenancy.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.outbound.NameServer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
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
        assertThat(anybody.post("/onboarding/verifications", body(link(path))).status())
                .isEqualTo(200);
    }

    private String link(String path) {
        return await().until(() -> api.get(path).text("/mail/link"), link -> !link.isEmpty());
    }

    private static String body(String link) {
        return "{\"token\":\"" + link.substring(link.lastIndexOf('/') + 1) + "\"}";
    }
}
