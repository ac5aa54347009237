package com.misybot.tenancy.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Codes that operators hand out: what they spare, and that each is good for one application. */
class InvitationTests extends OnboardingFixture {

    private static final String APPLICATIONS = "/onboarding/applications";

    @Test
    void expiresAndGivesItsInvitationBack() {
        var code = invitation("{}");
        var anna = Applicant.fresh();
        apply(anna.with("invitation", code));
        var follow = verify(anna);
        assertThat(sent(Applicant.fresh().with("invitation", code)).text("/code"))
                .isEqualTo("invitation_refused");

        platform("update onboarding_application set expires_at = now() where host = ?", anna.host());
        awaitState(anna, "EXPIRED");

        assertThat(anybody().post("/onboarding/checks", token(follow)).text("/state"))
                .isEqualTo("EXPIRED");
        var ben = Applicant.fresh();
        apply(ben.with("invitation", code));
        apply(anna);
        assertThat(api().get(APPLICATIONS + "/count?host=" + anna.host()).text("/count"))
                .as("a new one")
                .isEqualTo("2");
    }

    @Test
    void needsNoOperatorWithAnInvitationThatSaysSo() {
        var anna = Applicant.fresh();
        apply(anna.with("invitation", invitation("{\"approved\":true,\"plan\":\"standard\",\"note\":\"fair\"}")));
        prove(anna, verify(anna));
        awaitState(anna, "REGISTERED");
        assertThat(application(anna).text("/decidedBy")).isEqualTo("system:onboarding");
    }

    @Test
    void takesNoInvitationThatIsUnknownUsedExpiredOrRevoked() {
        var used = invitation("{}");
        apply(Applicant.fresh().with("invitation", used));
        var made = api().post("/onboarding/invitations", "{}");
        var path = "/onboarding/invitations/" + made.text("/id");
        var expired = api().post("/onboarding/invitations", "{}");
        platform(
                "update onboarding_invitation set expires_at = now() where id = ?",
                UUID.fromString(expired.text("/id")));
        assertThat(api().post(path + "/revoke", "{\"reason\":\"lost\"}").text("/status"))
                .isEqualTo("REVOKED");
        assertThat(api().get(path).json().has("code")).isFalse();
        assertThat(api().get("/onboarding/invitations/" + expired.text("/id")).text("/status"))
                .isEqualTo("EXPIRED");

        var answers = java.util.stream.Stream.of(used, made.text("/code"), expired.text("/code"))
                .map(code -> sent(Applicant.fresh().with("invitation", code)))
                .map(answer -> answer.status() + answer.text("/code") + answer.text("/detail"))
                .distinct();
        assertThat(answers).hasSize(1).first().asString().startsWith("422invitation_refused");
    }

    private String invitation(String body) {
        var made = api().post("/onboarding/invitations", body);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.text("/code");
    }
}
