package com.misybot.tenancy.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.LogLines;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** States and moves of an application, what bounds them, and what is kept of it. */
class OnboardingLifeTests extends OnboardingFixture {

    private static final String APPLICATIONS = "/onboarding/applications";

    @Test
    void isTheSameApplicationHoweverOftenItIsSent() {
        var anna = Applicant.fresh();
        apply(anna);
        mailed(anna, OnboardingPaths.VERIFY);
        apply(anna);
        await().until(() -> tokens(anna, OnboardingPaths.VERIFY).size() == 2);
        verify(anna);
        apply(anna.body().replace("Acme", "Another"));

        await().until(() -> tokens(anna, OnboardingPaths.VERIFY).size() == 3);
        assertThat(api().get(APPLICATIONS + "/count?host=" + anna.host()).text("/count"))
                .isEqualTo("1");
        var back = anybody().post("/onboarding/verifications", token(mailed(anna, OnboardingPaths.VERIFY)));
        assertThat(back.text("/state")).as("a link leads back").isEqualTo("EMAIL_VERIFIED");
        assertThat(back.text("/organisation")).isEqualTo("Acme " + anna.slug());
    }

    /** Somebody else may apply with an address before its owner does: whoever reads the mail decides which one it is. */
    @Test
    void isDecidedByTheOwnerOfTheAddress() {
        var anna = Applicant.fresh();
        apply(anna.body().replace("Acme", "Evil"));
        var theirs = mailed(anna, OnboardingPaths.VERIFY);
        apply(anna);
        await().until(() -> tokens(anna, OnboardingPaths.VERIFY).size() == 2);
        var own = tokens(anna, OnboardingPaths.VERIFY).stream()
                .filter(token -> !token.equals(theirs))
                .findFirst()
                .orElseThrow();

        assertThat(anybody().post("/onboarding/verifications", token(own)).text("/organisation"))
                .isEqualTo("Acme " + anna.slug());
        assertThat(anybody().post("/onboarding/verifications", token(theirs)).text("/code"))
                .isEqualTo("application_running");
    }

    @Test
    void isWithdrawnByItsApplicantAlone() {
        var anna = Applicant.fresh();
        apply(anna);
        var follow = verify(anna);
        assertThat(anybody().post("/onboarding/withdrawals", token(follow)).text("/state"))
                .isEqualTo("WITHDRAWN");
        assertThat(anybody().post("/onboarding/withdrawals", token(follow)).text("/code"))
                .isEqualTo("application_state");
        var refused = api().post(APPLICATIONS + "/" + id(anna) + "/approve", "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().at("/allowed")).isEmpty();
    }

    @Test
    void isRejectedWithAReasonThatTheApplicantReads() {
        var anna = Applicant.fresh();
        var follow = proven(anna);
        assertThat(api().post(APPLICATIONS + "/" + id(anna) + "/reject", "{}").text("/code"))
                .isEqualTo("reason_required");
        assertThat(state(anna)).isEqualTo("AWAITING_APPROVAL");

        var rejected = api().post(APPLICATIONS + "/" + id(anna) + "/reject", "{\"reason\":\"No imprint on the site\"}");

        assertThat(rejected.text("/state")).as(rejected.toString()).isEqualTo("REJECTED");
        await().until(() -> texts(anna).stream().anyMatch(text -> text.contains("No imprint on the site")));
        assertThat(anybody().post("/onboarding/status", token(follow)).text("/reason"))
                .isEqualTo("No imprint on the site");
    }

    @Test
    void writesToNobodyWhoseAddressIsNotProvenThatTheyAreRejected() {
        var anna = Applicant.fresh();
        apply(anna);
        mailed(anna, OnboardingPaths.VERIFY);
        api().post(APPLICATIONS + "/" + id(anna) + "/reject", "{\"reason\":\"spam\"}");
        assertThat(mails(anna)).isEqualTo(1);
    }

    @Test
    void isApprovedOnceAndByItsVersion() {
        var anna = Applicant.fresh();
        proven(anna);
        var path = APPLICATIONS + "/" + id(anna) + "/approve";
        assertThat(api().post(path, "{}", "If-Match", "\"1\"").status()).isEqualTo(412);
        var operator = api();
        var first = operator.post(
                path,
                "{\"reason\":\"known\"}",
                "Idempotency-Key",
                "k-" + anna.slug(),
                "If-Match",
                application(anna).header("ETag"));
        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        assertThat(first.toString())
                .as("answers are kept, and who it was is not")
                .doesNotContain(anna.email(), "Schmidt");
        var again =
                operator.post(path, "{\"reason\":\"known\"}", "Idempotency-Key", "k-" + anna.slug(), "If-Match", "*");
        awaitState(anna, "REGISTERED");
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(operator.post(path, "{}").text("/code")).isEqualTo("application_state");
        assertThat(api().get("/tenants/" + anna.slug()).text("/createdBy")).startsWith("operator:");
    }

    @Test
    void isListedByKeyAndFilteredByState() {
        var host = "www." + Api.freeSlug() + ".example";
        for (var i = 0; i < 3; i++) {
            var one = Applicant.fresh();
            apply(one.with("origins", "https://" + host));
        }
        var operator = api();
        var first = operator.get(APPLICATIONS + "?pageSize=2&state=SUBMITTED&state=EXPIRED&host=" + host);
        var second = operator.get(APPLICATIONS + "?pageSize=2&state=SUBMITTED&state=EXPIRED&host=" + host
                + "&pageToken=" + first.text("/nextPageToken"));

        assertThat(first.json().at("/items")).hasSize(2);
        assertThat(second.json().at("/items")).hasSize(1);
        assertThat(second.json().has("nextPageToken")).isFalse();
        assertThat(first.toString()).as("who it was is told one by one").doesNotContain("anna@");
        assertThat(api().get(APPLICATIONS + "/count?state=COMPLETED&host=" + host)
                        .text("/count"))
                .isEqualTo("0");
        assertThat(api().get(APPLICATIONS + "?state=NONE").status()).isEqualTo(400);
        assertThat(api().get(APPLICATIONS + "/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(api().post(APPLICATIONS + "/" + UUID.randomUUID() + "/approve", "{\"x\":1}")
                        .status())
                .isEqualTo(404);
        assertThat(api().get("/onboarding/invitations/nothing").status()).isEqualTo(404);
    }

    @Test
    void isNothingForKeysThatReachSomeTenantsOrMayNotReview() {
        var reach = new Reach(Set.of(new TenantId("acme")), Map.of(), Set.of(), Set.of());
        var limited = Api.with(context, TestKeys.limited(context, Actor.Kind.OPERATOR, reach));
        assertThat(limited.get(APPLICATIONS).text("/code")).isEqualTo("whole_reach_required");
        assertThat(Api.with(context, TestKeys.operator(context, "tenants:read"))
                        .get(APPLICATIONS)
                        .status())
                .isEqualTo(403);
        assertThat(anybody().get(APPLICATIONS).status()).isEqualTo(401);
    }

    @Test
    void forgetsWhoItWas() {
        var anna = Applicant.fresh();
        apply(anna);
        anybody().post("/onboarding/withdrawals", token(verify(anna)));
        var forgetting = context.getBean(DueApplications.class);
        platform(
                "update onboarding_application set state_since = now() - interval '31 days' where host = ?",
                anna.host());
        assertThat(application(anna).text("/contact/email")).isEqualTo(anna.email());

        transactions.change(Scope.platformRows(), () -> forgetting.forget(java.time.Duration.ofDays(30)));

        assertThat(application(anna).json().has("contact")).isFalse();
    }

    @Test
    void tellsNobodyWhoItWas() {
        try (var log = LogLines.of("com.misybot.tenancy")) {
            var anna = Applicant.fresh();
            proven(anna);
            approve(anna);
            anybody().post("/onboarding/secrets", token(mailed(anna, OnboardingPaths.SECRET)));
            awaitState(anna, "COMPLETED");
            var id = id(anna);
            var events = transactions.read(
                    Scope.platformRows(),
                    () -> jdbc.sql("select type || ' ' || data from event where subject = ? order by sequence")
                            .param(id)
                            .query(String.class)
                            .list());

            assertThat(events.stream().map(event -> event.split(" ", 2)[0]))
                    .containsExactly(
                            "onboarding.submitted",
                            "onboarding.email_verified",
                            "onboarding.origin_proven",
                            "onboarding.approved",
                            "onboarding.completed");
            assertThat(events.toString() + log.text())
                    .doesNotContain(anna.email(), "Schmidt", "misy_inv_", "misy_ten_");
        }
    }

    private long mails(Applicant applicant) {
        return transactions.read(
                Scope.platformRows(),
                () -> jdbc.sql("""
                select count(*) from onboarding_mail m join onboarding_application a on a.id = m.application where a.host = ?
                """).param(applicant.host()).query(Long.class).single());
    }
}
