package com.misybot.tenancy.onboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.outbound.NameServer;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A service with a mail server and a name server of our own, and applicants who come from 127.0.0.1. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "tenancy.outbound.allow=127.0.0.1/32,::1/128",
            "tenancy.tenant.localhost-origins=true",
            "tenancy.onboarding.look-every=200ms",
            "tenancy.onboarding.disposable-domains=thrown-away.example",
            "tenancy.web.trusted-proxies=127.0.0.1/32",
            "spring.mail.host=127.0.0.1",
            "tenancy.public-url=" + MailServer.PUBLIC_URL,
        })
@Import(Dying.class)
abstract class OnboardingFixture {

    static final NameServer NAMES = new NameServer();
    static final MailServer MAIL = new MailServer();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    ApplicationContext context;

    @Autowired
    ScopedTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    @Qualifier("ownerDataSource")
    private DataSource owner;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        if (!MAIL.isRunning()) {
            MAIL.start();
        }
        registry.add("tenancy.outbound.name-servers", NAMES::address);
        registry.add("spring.mail.port", MAIL::port);
    }

    Api api() {
        return Api.operator(context);
    }

    /** Somebody without a credential. */
    Api anybody() {
        return Api.anonymous(context);
    }

    void apply(Applicant applicant) {
        apply(applicant.body());
    }

    void apply(String body) {
        var taken = sent(body);
        assertThat(taken.status()).as(taken.toString()).isEqualTo(202);
    }

    /** The answer to an application from a network where nobody has applied before. */
    Api.Answer sent(String body) {
        return anybody()
                .post("/onboarding/applications", body, Applicant.fresh().from());
    }

    /** The token of the link in the latest mail to this address that has one for this page. */
    String mailed(Applicant applicant, String page) {
        return await().atMost(PATIENCE)
                .until(() -> tokens(applicant, page), found -> !found.isEmpty())
                .getLast();
    }

    List<String> tokens(Applicant applicant, String page) {
        return MAIL.tokens(applicant.email(), page);
    }

    List<String> texts(Applicant applicant) {
        return MAIL.texts(applicant.email());
    }

    static String token(String token) {
        return "{\"token\":\"" + token + "\"}";
    }

    /** Verifies the address, and answers with what to follow the application with. */
    String verify(Applicant applicant) {
        var verified = anybody().post("/onboarding/verifications", token(mailed(applicant, OnboardingPaths.VERIFY)));
        assertThat(verified.status()).as(verified.toString()).isEqualTo(200);
        return verified.text("/token");
    }

    /** Writes what proves the site into the DNS. */
    void prove(Applicant applicant, String follow) {
        var status = anybody().post("/onboarding/status", token(follow));
        NAMES.saysText(status.text("/challenge/dnsName"), status.text("/challenge/content"));
        makeDue(applicant);
    }

    /** An application whose address and site are proven. */
    String proven(Applicant applicant) {
        return proven(applicant, applicant.body());
    }

    String proven(Applicant applicant, String body) {
        apply(body);
        var follow = verify(applicant);
        prove(applicant, follow);
        awaitState(applicant, "AWAITING_APPROVAL");
        return follow;
    }

    void approve(Applicant applicant) {
        var approved = api().post("/onboarding/applications/" + id(applicant) + "/approve", "{\"reason\":\"known\"}");
        assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
    }

    /** The applicant's latest application, as an operator sees it. */
    Api.Answer application(Applicant applicant) {
        return api().get("/onboarding/applications/" + id(applicant));
    }

    String id(Applicant applicant) {
        return api().get("/onboarding/applications?host=" + applicant.host()).text("/items/0/id");
    }

    String state(Applicant applicant) {
        return application(applicant).text("/state");
    }

    void awaitState(Applicant applicant, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(application(applicant).text("/state"))
                        .as(application(applicant).toString())
                        .isEqualTo(state));
    }

    /** Lets time pass for the proof: it is looked for now. */
    void makeDue(Applicant applicant) {
        platform(
                "update onboarding_application set check_at = now() - interval '1 second', checked_at = null where host = ?",
                applicant.host());
    }

    /** Changes what nobody may change, as the owner of the tables. */
    void platform(String sql, Object... parameters) {
        new JdbcTemplate(owner).update(sql, parameters);
    }
}
