package com.misybot.tenancy.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Applications that are refused, and those that are taken and lead to nothing. */
class OnboardingBadInputTests extends OnboardingFixture {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            organisation | -                              | 400 | required
            organisation | ' '                            | 400 | blank
            email        | -                              | 400 | required
            email        | anna                           | 400 | format
            email        | anna@localhost                 | 400 | format
            email        | a b@acme.example               | 400 | format
            email        | "anna"@acme.example            | 400 | format
            email        | anna@acme..example             | 400 | format
            email        | anna@mailinator.com            | 422 | email_disposable
            email        | anna@x.MAILINATOR.com          | 422 | email_disposable
            email        | anna@thrown-away.example       | 422 | email_disposable
            tenantId     | Acme                           | 400 | format
            tenantId     | a                              | 400 | format
            plan         | Gold!                          | 400 | format
            contactName  | ' '                            | 400 | blank
            origins      | -                              | 400 | required
            origins      | http://acme.example            | 400 | origin_scheme
            origins      | https://10.0.0.1               | 400 | host_ip_literal
            origins      | https://2130706433             | 400 | host_ip_literal
            origins      | https://[::1]                  | 400 | host_ip_literal
            origins      | https://acme.example/x         | 400 | origin_path
            origins      | https://anna@acme.example      | 400 | origin_userinfo
            origins      | https://*.co.uk                | 400 | origin_public_suffix
            origins      | null                           | 400 | origin_null
            invitation   | misy_inv_x                     | 400 | token_malformed
            colour       | red                            | 400 | unknown_field
            """)
    void refusesWhatCanBeToldWithoutKnowingWhoAsks(String field, String value, int status, String code) {
        var anna = Applicant.fresh();
        var known = applications();

        var refused = anybody().post("/onboarding/applications", anna.with(field, value), anna.from());

        assertThat(refused.status()).as(refused.toString()).isEqualTo(status);
        assertThat(codes(refused)).contains(code);
        assertThat(refused.toString()).doesNotContain(anna.email());
        assertThat(applications()).isEqualTo(known);
    }

    @Test
    void namesEveryBadFieldAtOnce() {
        var refused = sent("{\"email\":\"x\",\"origins\":[\"y\"]}");

        assertThat(refused.json()
                        .at("/errors")
                        .valueStream()
                        .map(error -> error.path("pointer").asString("")))
                .containsExactlyInAnyOrder("/organisation", "/email", "/origins/0");
    }

    @Test
    void takesNoMoreOriginsThanATenantMayHaveAndNoLargeBody() {
        var anna = Applicant.fresh();
        var many = IntStream.range(0, 51)
                .mapToObj(n -> "\"https://n" + n + "." + anna.slug() + ".example\"")
                .collect(Collectors.joining(","));
        var refused = sent(anna.body().replaceFirst("\"origins\":\\[.*?]", "\"origins\":[" + many + "]"));
        assertThat(codes(refused)).contains("length");

        var large = sent(anna.body().replace("Anna Schmidt", "x".repeat(40_000)));
        assertThat(large.status()).isEqualTo(413);
    }

    /** Nobody learns by applying what exists here. */
    @Test
    void answersAlikeWhetherItIsNewKnownReservedOrTaken() {
        var taken = Applicant.fresh();
        api().post("/tenants", Api.tenant(taken.slug()));
        var reserved = Applicant.fresh();
        var anna = Applicant.fresh();

        var answers = java.util.stream.Stream.of(
                        anna.body(),
                        anna.body(),
                        taken.body(),
                        reserved.with("tenantId", "admin"),
                        Applicant.fresh().with("email", anna.email()))
                .map(this::sent)
                .map(answer -> answer.status()
                        + answer.response().body()
                        + answer.response().headers().map().keySet().stream()
                                .map(name -> name.toLowerCase(Locale.ROOT))
                                .sorted()
                                .toList())
                .distinct()
                .toList();

        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst()).startsWith("202");
        assertThat(api().get("/onboarding/applications/count?host=" + anna.host())
                        .text("/count"))
                .isEqualTo("1");
    }

    @Test
    void bringsAnApplicationBackWhoseNameIsTakenReservedOrWhosePlanDoesNotExist() {
        var taken = Applicant.fresh();
        api().post("/tenants", Api.tenant(taken.slug()));
        var reserved = Applicant.fresh();
        var planless = Applicant.fresh();
        proven(taken);
        proven(reserved, reserved.with("tenantId", "admin"));
        proven(planless, planless.with("plan", "no-such-plan"));

        approve(taken);
        approve(reserved);
        approve(planless);

        awaitReason(taken, "name_taken");
        awaitReason(reserved, "name_reserved");
        awaitReason(planless, "plan_unknown");
        assertThat(api().get("/tenants?domain=" + taken.host()).json().at("/items"))
                .isEmpty();

        var another = Api.freeSlug();
        api().post("/onboarding/applications/" + id(taken) + "/approve", "{\"tenantId\":\"" + another + "\"}");
        awaitState(taken, "REGISTERED");
        assertThat(api().get("/tenants/" + another).text("/allowedOrigins/0")).isEqualTo("https://" + taken.host());
    }

    @Test
    void makesANameOfTheBusinessWhereNoneIsAskedForAndAnotherWhereThatIsTaken() {
        var first = Applicant.fresh();
        var second = Applicant.fresh();
        var name = "Zahnärzte Łódź " + first.slug();
        for (var one : new Applicant[] {first, second}) {
            proven(one, one.with("tenantId", null).replace("Acme " + one.slug(), name));
            approve(one);
            awaitState(one, "REGISTERED");
        }

        assertThat(application(first).text("/tenantId")).isEqualTo("zahnarzte-lodz-" + first.slug());
        assertThat(application(second).text("/tenantId")).startsWith("zahnarzte-lodz-" + first.slug() + "-");
    }

    @Test
    void countsWhatItRefuses() {
        var meters = context.getBean(MeterRegistry.class);
        var before = counted(meters);
        anybody().post("/onboarding/verifications", token("misy_inv_cut"));
        assertThat(counted(meters)).isEqualTo(before + 1);
    }

    private static double counted(MeterRegistry meters) {
        return meters.counter("tenancy.onboarding.refusals", "code", "token_malformed")
                .count();
    }

    private String applications() {
        return api().get("/onboarding/applications/count").text("/count");
    }

    private void awaitReason(Applicant applicant, String code) {
        org.awaitility.Awaitility.await().untilAsserted(() -> {
            var back = application(applicant);
            assertThat(back.text("/state")).isEqualTo("AWAITING_APPROVAL");
            assertThat(back.text("/reason")).as(back.toString()).startsWith(code + ": ");
        });
    }

    private static String codes(Api.Answer refused) {
        return refused.text("/code") + " " + refused.json().at("/errors");
    }
}
