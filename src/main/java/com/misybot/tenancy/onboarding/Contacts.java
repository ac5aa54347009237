package com.misybot.tenancy.onboarding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.misybot.tenancy.keyring.Keyring;
import com.misybot.tenancy.keyring.MacKey;
import com.misybot.tenancy.keyring.Sealing;
import com.misybot.tenancy.tenant.profile.ContactName;
import com.misybot.tenancy.tenant.profile.EmailAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Seals what is personal in an application, and makes the keys by which two of them are told apart without opening either. */
@Component
class Contacts {

    private final Sealing sealing;
    private final MacKey keys;
    private final JsonMapper json;

    Contacts(Keyring keyring, SecureRandom random, JsonMapper json) {
        this.sealing = keyring.sealing(Keyring.Purpose.ONBOARDING, random);
        this.keys = keyring.macKey(Keyring.Purpose.ONBOARDING);
        this.json = json;
    }

    private record Kept(String email, @Nullable String name) {}

    byte[] seal(UUID application, Contact contact) {
        var name = contact.name();
        var kept = new Kept(contact.email().value(), name == null ? null : name.value());
        return sealing.seal("contact:" + application, json.writeValueAsBytes(kept));
    }

    Contact open(UUID application, byte[] sealed) {
        var kept = json.readValue(open("contact:" + application, sealed), Kept.class);
        return new Contact(new EmailAddress(kept.email()), kept.name() == null ? null : new ContactName(kept.name()));
    }

    byte[] sealLink(UUID mail, String link) {
        return sealing.seal("link:" + mail, link.getBytes(UTF_8));
    }

    String openLink(UUID mail, byte[] sealed) {
        return new String(open("link:" + mail, sealed), UTF_8);
    }

    private byte[] open(String record, byte[] sealed) {
        try {
            return sealing.open(record, sealed);
        } catch (Sealing.BrokenSealException e) {
            throw new IllegalStateException("What was sealed for " + record + " does not open", e);
        }
    }

    /** The same for every spelling that reaches one mailbox as a rule: in lower case, without what follows a plus. */
    byte[] addressKey(EmailAddress address) {
        var at = address.value().lastIndexOf('@');
        var local = address.value().substring(0, at).toLowerCase(Locale.ROOT);
        var plus = local.indexOf('+');
        var folded =
                (plus > 0 ? local.substring(0, plus) : local) + address.value().substring(at);
        return keys.mac("address".getBytes(UTF_8), folded.getBytes(UTF_8));
    }

    /** The same for the same application once more. */
    byte[] wishKey(Wish wish, Contact contact) {
        var parts = new ArrayList<byte[]>();
        parts.add("wish".getBytes(UTF_8));
        parts.add(wish.organisation().getBytes(UTF_8));
        parts.add(String.valueOf(wish.tenantId()).getBytes(UTF_8));
        parts.add(String.valueOf(wish.plan()).getBytes(UTF_8));
        var name = contact.name();
        parts.add((name == null ? "" : name.value()).getBytes(UTF_8));
        wish.origins().forEach(origin -> parts.add(origin.toString().getBytes(UTF_8)));
        return keys.mac(parts.toArray(byte[][]::new));
    }
}
