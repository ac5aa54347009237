package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.keyring.Keyring;
import com.misybot.tenancy.keyring.Sealing;
import com.misybot.tenancy.outbound.SigningSecret;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Signing secrets of webhooks, which are read again for every message and so are sealed: each for one webhook and one number. */
@Component
class WebhookSecrets {

    private final Sealing sealing;
    private final SecureRandom random;

    WebhookSecrets(Keyring keyring, SecureRandom random) {
        this.sealing = keyring.sealing(Keyring.Purpose.WEBHOOK_SECRET, random);
        this.random = random;
    }

    SigningSecret issue() {
        return SigningSecret.issue(random);
    }

    byte[] seal(SigningSecret secret, UUID tenant, UUID webhook, int number) {
        return secret.seal(sealing, record(tenant, webhook, number));
    }

    /** Those to sign with, the latest first. */
    List<SigningSecret> open(UUID tenant, UUID webhook, WebhookRows.Sealed sealed) {
        try {
            var present = SigningSecret.open(sealing, record(tenant, webhook, sealed.number()), sealed.secret());
            if (sealed.previous() == null) {
                return List.of(present);
            }
            var previous = SigningSecret.open(sealing, record(tenant, webhook, sealed.number() - 1), sealed.previous());
            return List.of(present, previous);
        } catch (Sealing.BrokenSealException e) {
            throw new IllegalStateException("The signing secret of webhook " + webhook + " does not open", e);
        }
    }

    private static String record(UUID tenant, UUID webhook, int number) {
        return tenant + ":" + webhook + ":" + number;
    }
}
