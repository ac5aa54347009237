package com.misybot.tenancy.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.misybot.tenancy.keyring.Keyring.Purpose;
import com.misybot.tenancy.keyring.Keyrings;
import com.misybot.tenancy.keyring.Sealing.BrokenSealException;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SigningSecretTests {

    private static final byte[] BODY = "{\"type\":\"tenant.suspended\",\"name\":\"Zoë\"}".getBytes(UTF_8);

    private final SecureRandom random = new SecureRandom();
    private final SigningSecret secret = SigningSecret.issue(random);
    private final SigningSecret next = SigningSecret.issue(random);
    private final Instant now = Instant.now();

    @Test
    void isWhsecAnd32Bytes() {
        assertThat(secret.shown().value()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(secret.toString() + secret.shown()).doesNotContain("whsec");
    }

    /** By hand from the specification, with nothing of the library. */
    @Test
    void signsIdTimestampAndBody() throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(
                Base64.getDecoder().decode(secret.shown().value().substring("whsec_".length())), "HmacSHA256"));
        mac.update(("msg_1." + now.getEpochSecond() + ".").getBytes(UTF_8));
        assertThat(SigningSecret.sign(List.of(secret), "msg_1", now, BODY))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(BODY)));
    }

    @Test
    void signsWithBothSecretsWhileTheyOverlap() throws Exception {
        var signature = SigningSecret.sign(List.of(next, secret), "msg_1", now, BODY);
        assertThat(signature.split(" ", -1)).hasSize(2).allMatch(one -> one.startsWith("v1,"));
        verify(secret, signature, BODY);
        verify(next, signature, BODY);
        assertThatExceptionOfType(WebhookVerificationException.class)
                .isThrownBy(() -> verify(SigningSecret.issue(random), signature, BODY));
        assertThatExceptionOfType(WebhookVerificationException.class)
                .isThrownBy(() -> verify(secret, signature, "{}".getBytes(UTF_8)));
    }

    @Test
    void opensForItsOwnRecordAlone() throws Exception {
        var sealing = Keyrings.fixed().sealing(Purpose.WEBHOOK_SECRET, random);
        var sealed = secret.seal(sealing, "a:1");
        assertThat(SigningSecret.open(sealing, "a:1", sealed).shown()).isEqualTo(secret.shown());
        assertThatExceptionOfType(BrokenSealException.class)
                .isThrownBy(() -> SigningSecret.open(sealing, "b:1", sealed));
    }

    private void verify(SigningSecret by, String signature, byte[] body) throws Exception {
        new Webhook(by.shown().value())
                .verify(
                        new String(body, UTF_8),
                        Map.of(
                                "webhook-id", List.of("msg_1"),
                                "webhook-timestamp", List.of(Long.toString(now.getEpochSecond())),
                                "webhook-signature", List.of(signature)));
    }
}
