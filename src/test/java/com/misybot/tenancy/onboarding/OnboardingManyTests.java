package com.misybot.tenancy.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;

/** Real organisations, with names in many scripts, from application to secret; and the same once more, which changes nothing. */
class OnboardingManyTests extends OnboardingFixture {

    @Test
    void onboardsEachOnceHoweverOftenItIsTried() throws IOException {
        var organisations = organisations();
        organisations.forEach(this::onboard);
        assertThat(organisations).hasSizeGreaterThan(5);
        var once = organisations.stream().map(this::standing).toList();
        var mails = MAIL.getReceivedMessages().length;

        organisations.forEach(this::onboard);

        assertThat(organisations.stream().map(this::standing)).isEqualTo(once);
        assertThat(once).allSatisfy(standing -> assertThat(standing).startsWith("1 COMPLETED 1 ACTIVE"));
        assertThat(MAIL.getReceivedMessages()).hasSize(mails);
    }

    private record Organisation(String name, Applicant applicant) {}

    private static List<Organisation> organisations() throws IOException {
        var found = new ArrayList<Organisation>();
        var all = JsonMapper.shared()
                .readTree(new ClassPathResource("organisations.json").getContentAsString(StandardCharsets.UTF_8));
        for (var one : all) {
            var name = one.path("name").asString();
            var domain = "many." + one.at("/domains/0").asString();
            if (domain.contains("_")) {
                continue; // no host, and refused as such
            }
            found.add(new Organisation(
                    name, new Applicant("unused", "office@" + domain, domain, "10.200." + found.size() + ".1")));
        }
        return found;
    }

    /** What a script does, which does not know what it has done before. */
    private void onboard(Organisation organisation) {
        var applicant = organisation.applicant();
        var body = JsonMapper.shared().createObjectNode();
        body.put("organisation", organisation.name());
        body.put("email", applicant.email());
        body.putArray("origins").add("https://" + applicant.host());
        apply(body.toString());
        if (state(applicant).equals("SUBMITTED")) {
            var follow = verify(applicant);
            var status = anybody().post("/onboarding/status", token(follow));
            NAMES.saysText(status.text("/challenge/dnsName"), status.text("/challenge/content"));
            // a question by UDP may go unanswered: whoever asks again soon is told to wait
            await().atMost(Duration.ofSeconds(45)).until(() -> {
                anybody().post("/onboarding/checks", token(follow));
                return state(applicant).equals("AWAITING_APPROVAL");
            });
        }
        if (state(applicant).equals("AWAITING_APPROVAL")) {
            approve(applicant);
        }
        if (!state(applicant).equals("COMPLETED")) {
            anybody().post("/onboarding/secrets", token(mailed(applicant, OnboardingPaths.SECRET)));
        }
        awaitState(applicant, "COMPLETED");
    }

    private String standing(Organisation organisation) {
        var host = organisation.applicant().host();
        var applications =
                api().get("/onboarding/applications?host=" + host).json().at("/items");
        var tenants = api().get("/tenants?domain=" + host).json().at("/items");
        return applications.size() + " " + applications.at("/0/state").asString() + " " + tenants.size() + " "
                + tenants.valueStream()
                        .map(tenant -> tenant.path("status").asString() + " "
                                + tenant.path("tenantId").asString() + " "
                                + tenant.path("version").asString())
                        .collect(Collectors.joining());
    }
}
