package com.misybot.tenancy.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.keyring.Base62;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;

/** Links of mails: what they open, once, and what is told of those that open nothing. */
class OnboardingTokenTests extends OnboardingFixture {

    private static final String VERIFY = "/onboarding/verifications";
    private static final String STATUS = "/onboarding/status";
    private static final String SECRET = "/onboarding/secrets";

    @Test
    void opensOnce() {
        var anna = Applicant.fresh();
        apply(anna);
        var link = mailed(anna, OnboardingPaths.VERIFY);

        assertThat(anybody().post(VERIFY, token(link)).status()).isEqualTo(200);
        assertRefused(anna, VERIFY, link, 410, "token_used");
    }

    @Test
    void opensNothingThatWasCutForgedOrMovedToAnotherApplication() {
        var anna = Applicant.fresh();
        var ben = Applicant.fresh();
        apply(anna);
        apply(ben);
        var link = mailed(anna, OnboardingPaths.VERIFY);
        var other = mailed(ben, OnboardingPaths.VERIFY);

        assertRefused(anna, VERIFY, link.substring(0, link.length() - 1), 400, "token_malformed");
        assertRefused(anna, VERIFY, link.replaceFirst(".$", link.endsWith("x") ? "y" : "x"), 400, "token_malformed");
        assertRefused(anna, VERIFY, "", 400, "token_malformed");
        assertRefused(anna, VERIFY, link.replace("_inv_", "_ses_"), 400, "token_malformed");
        assertRefused(anna, VERIFY, forged(link, other), 404, "token_unknown");
        assertRefused(ben, VERIFY, forged(other, link), 404, "token_unknown");
        assertThat(anybody().post(VERIFY, token(link)).status()).isEqualTo(200);
    }

    @Test
    void opensNothingAfterItsTime() {
        var anna = Applicant.fresh();
        apply(anna);
        var link = mailed(anna, OnboardingPaths.VERIFY);
        platform("update onboarding_token set expires_at = now() where application = ?", UUID.fromString(id(anna)));

        assertRefused(anna, VERIFY, link, 410, "token_expired");
    }

    @Test
    void opensNothingElse() {
        var anna = Applicant.fresh();
        apply(anna);
        var link = mailed(anna, OnboardingPaths.VERIFY);
        assertRefused(anna, STATUS, link, 422, "token_not_for_this");
        assertRefused(anna, SECRET, link, 404, "token_unknown");

        var follow = verify(anna);
        assertRefused(anna, VERIFY, follow, 422, "token_not_for_this");
        assertRefused(anna, SECRET, follow, 404, "token_unknown");
        assertThat(anybody().post(STATUS, token(follow)).status()).isEqualTo(200);
        assertThat(anybody().post(STATUS, token(follow)).status())
                .as("as often as wanted")
                .isEqualTo(200);
    }

    @Test
    void issuesOneSecretAndOnlyToTheLinkOfItsTenant() {
        var anna = Applicant.fresh();
        proven(anna);
        approve(anna);
        var link = mailed(anna, OnboardingPaths.SECRET);
        assertRefused(anna, VERIFY, link, 404, "token_unknown");
        assertRefused(
                anna,
                SECRET,
                forged(link, link.replaceFirst("_inv_.{30}_.{4}", "_inv_" + "0".repeat(30) + "_0000")),
                404,
                "token_unknown");

        assertThat(anybody().post(SECRET, token(link)).status()).isEqualTo(200);
        assertThat(anybody().post(SECRET, token(link)).text("/code")).isEqualTo("token_used");
        assertThat(api().get("/tenants/" + anna.slug() + "/secrets").json().at("/items"))
                .hasSize(1);
    }

    /** Scanners of mails open every link, and follow what they find. */
    @Test
    void changesNothingWhenAPageIsOpened() throws Exception {
        var anna = Applicant.fresh();
        apply(anna);
        var verify = OnboardingPaths.VERIFY + mailed(anna, OnboardingPaths.VERIFY);
        for (var i = 0; i < 3; i++) {
            var page = page("GET", verify, "");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("Acme " + anna.slug(), anna.host()).doesNotContain("<script");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'");
            assertThat(page.headers().firstValue("Cache-Control").orElse("")).isEqualTo("no-store");
            assertThat(page.headers().firstValue("Referrer-Policy").orElse("")).isEqualTo("no-referrer");
        }
        assertThat(state(anna)).isEqualTo("SUBMITTED");

        var shown = page("POST", verify, "");
        assertThat(shown.body()).contains("EMAIL_VERIFIED", "_misy-challenge." + anna.host(), "misy-verification=");
        var follow = hidden(shown.body());
        prove(anna, follow);
        var looked = page("POST", "/onboarding/application", "token=" + follow + "&action=CHECK");
        assertThat(looked.statusCode()).as(looked.body()).isEqualTo(200);
        awaitState(anna, "AWAITING_APPROVAL");
        approve(anna);

        var secret = OnboardingPaths.SECRET + mailed(anna, OnboardingPaths.SECRET);
        assertThat(page("GET", secret, "").body()).contains(anna.slug()).doesNotContain("misy_ten_");
        assertThat(api().get("/tenants/" + anna.slug() + "/secrets").json().at("/items"))
                .isEmpty();
        var found = Pattern.compile("misy_ten_\\w+")
                .matcher(page("POST", secret, "").body());
        assertThat(found.find()).isTrue();
        assertThat(Api.with(context, found.group())
                        .get("/tenants/" + anna.slug())
                        .status())
                .isEqualTo(200);
        var again = page("POST", secret, "");
        assertThat(again.statusCode()).isEqualTo(410);
        assertThat(again.body()).contains("token_used").doesNotContain("misy_ten_");
    }

    @Test
    void writesTextOfStrangersAsText() throws Exception {
        var anna = Applicant.fresh();
        apply(anna.body().replace("Acme ", "<script>alert(1)</script>&quot; "));
        var page = page("GET", OnboardingPaths.VERIFY + mailed(anna, OnboardingPaths.VERIFY), "");

        assertThat(page.body()).contains("&lt;script&gt;").doesNotContain("<script");
        assertThat(texts(anna).getFirst())
                .as("the mail has no word of whoever applied")
                .doesNotContain("script");
    }

    @Test
    void withdrawsByThePage() throws Exception {
        var anna = Applicant.fresh();
        apply(anna);
        var follow = verify(anna);
        assertThat(page("POST", "/onboarding/application", "token=" + follow + "&action=WITHDRAW")
                        .body())
                .contains("WITHDRAWN");
        var refused = page("POST", "/onboarding/application", "token=" + follow + "&action=WITHDRAW");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("application_state");
    }

    /** What is kept opens nothing. */
    @Test
    void keepsHashesAlone() {
        var anna = Applicant.fresh();
        apply(anna);
        var link = mailed(anna, OnboardingPaths.VERIFY);
        var id = UUID.fromString(id(anna));
        var kept = transactions.read(
                Scope.platformRows(),
                () -> jdbc.sql(
                                "select row_to_json(t)::text || row_to_json(m)::text || row_to_json(a)::text from onboarding_token t"
                                        + " join onboarding_application a on a.id = t.application join onboarding_mail m on m.application = a.id where a.id = ?")
                        .param(id)
                        .query(String.class)
                        .single());

        assertThat(kept).doesNotContain(link, link.substring(40, 67), anna.email(), "Schmidt");
    }

    private void assertRefused(Applicant applicant, String route, String token, int status, String code) {
        var before = application(applicant).json().at("/state").asString("");
        var refused = anybody().post(route, token(token));
        assertThat(refused.status()).as(refused.toString()).isEqualTo(status);
        assertThat(refused.text("/code")).isEqualTo(code);
        if (!token.isEmpty()) {
            assertThat(refused.toString()).doesNotContain(token);
        }
        assertThat(application(applicant).json().at("/state").asString("")).isEqualTo(before);
    }

    /** The random part of one with the key id of another, and a checksum that fits. */
    private static String forged(String random, String keyId) {
        var body = keyId.substring(0, 39) + random.substring(39, 67);
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        var sum = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
        return body + "_" + Base62.encode(sum, 6);
    }

    private static String hidden(String page) {
        var token = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(page);
        assertThat(token.find()).as(page).isTrue();
        return URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
    }

    private HttpResponse<String> page(String method, String path, String form)
            throws IOException, InterruptedException {
        var port = context.getBean(Environment.class).getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .method(method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(form));
        if (!form.isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
