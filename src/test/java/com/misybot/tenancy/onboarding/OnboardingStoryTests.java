package com.misybot.tenancy.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import org.junit.jupiter.api.Test;

/** From an application to a tenant that uses its first secret, as people and scripts do it. */
class OnboardingStoryTests extends OnboardingFixture {

    @Test
    void makesATenantOfWhoeverProvesAddressAndSiteAndIsApproved() {
        var anna = Applicant.fresh();
        apply(anna);
        assertThat(state(anna)).isEqualTo("SUBMITTED");

        var follow = verify(anna);
        var challenged = anybody().post("/onboarding/status", token(follow));
        assertThat(challenged.text("/state")).isEqualTo("EMAIL_VERIFIED");
        assertThat(challenged.text("/challenge/dnsName")).isEqualTo("_misy-challenge." + anna.host());
        assertThat(challenged.text("/challenge/url"))
                .isEqualTo("https://" + anna.host() + "/.well-known/misy-verification.txt");

        prove(anna, follow);
        awaitState(anna, "AWAITING_APPROVAL");
        var waiting = application(anna);
        assertThat(waiting.text("/contact/email")).isEqualTo(anna.email());
        assertThat(waiting.text("/proof")).isEqualTo("DNS");
        assertThat(waiting.json().at("/mail/link").isMissingNode()).isTrue();

        approve(anna);
        var secret = mailed(anna, OnboardingPaths.SECRET);
        assertThat(api().get("/tenants/" + anna.slug()).text("/status")).isEqualTo("ACTIVE");
        assertThat(api().get("/tenants/" + anna.slug() + "/secrets").json().at("/items"))
                .isEmpty();

        var issued = anybody().post("/onboarding/secrets", token(secret));
        assertThat(issued.status()).as(issued.toString()).isEqualTo(200);
        assertThat(issued.text("/tenantId")).isEqualTo(anna.slug());
        assertThat(Api.with(context, issued.text("/secret"))
                        .get("/tenants/" + anna.slug())
                        .text("/business/email"))
                .isEqualTo(anna.email());
        awaitState(anna, "COMPLETED");
    }
}
