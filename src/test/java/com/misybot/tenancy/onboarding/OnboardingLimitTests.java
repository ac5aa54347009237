package com.misybot.tenancy.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.kernel.Scope;
import org.junit.jupiter.api.Test;

/** How much one address and one network get. */
class OnboardingLimitTests extends OnboardingFixture {

    private static final String APPLICATIONS = "/onboarding/applications";

    @Test
    void sendsThreeMailsADayToOneAddressHoweverItIsWritten() {
        var anna = Applicant.fresh();
        for (var email : new String[] {
            anna.email(),
            anna.email().replace("anna", "Anna"),
            anna.email().replace("@", "+x@"),
            anna.email().replace("@", "+y@"),
            anna.email()
        }) {
            apply(anna.body().replace(anna.email(), email).replace("Acme", "Acme " + email));
        }

        await().during(java.time.Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(mails(anna)).isEqualTo(3));
        assertThat(api().post(APPLICATIONS + "/" + id(anna) + "/resend", "{}").status())
                .isEqualTo(429);
        platform(
                "update onboarding_mail set due_at = due_at - interval '1 day' where address_key in (select address_key from onboarding_application where host = ?)",
                anna.host());
        assertThat(api().post(APPLICATIONS + "/" + id(anna) + "/resend", "{}").status())
                .isEqualTo(200);
    }

    @Test
    void takesTenApplicationsAnHourFromOneNetwork() {
        var network = Applicant.fresh().from();
        for (var i = 0; i < 10; i++) {
            var taken = anybody().post(APPLICATIONS, Applicant.fresh().body(), network);
            assertThat(taken.status()).as(taken.toString()).isEqualTo(202);
        }
        var neighbour = new String[] {network[0], network[1].replaceFirst("\\.\\d+$", ".99")};
        var refused = anybody().post(APPLICATIONS, Applicant.fresh().body(), neighbour);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(3_500, 3_600);
        assertThat(anybody()
                        .post(
                                APPLICATIONS,
                                Applicant.fresh().body(),
                                Applicant.fresh().from())
                        .status())
                .as("another network")
                .isEqualTo(202);
    }

    private long mails(Applicant applicant) {
        return transactions.read(
                Scope.platformRows(),
                () -> jdbc.sql("""
                select count(*) from onboarding_mail m join onboarding_application a on a.id = m.application where a.host = ?
                """).param(applicant.host()).query(Long.class).single());
    }
}
