package com.misybot.tenancy.tenant.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.Normalizer2;
import com.misybot.tenancy.kernel.InvalidValue;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is kept is read back as itself, and nothing but a refusal comes of any other text. */
class ValuePropertyTests {

    private static final int TRIES = 20_000;
    private static final int[] TROUBLE = {
        ' ', 0, '\n', '.', '@', '-', '+', '/', ':', '%', '#', '?', 'I', 'i', 0xA0, 0xAD, 0xDF, 0x130, 0x131, 0x301,
        0x307, 0x308, 0x345, 0x3A3, 0x3C2, 0x200B, 0x200C, 0x200D, 0x202E, 0x2126, 0x212A, 0x2F800, 0x3000, 0xAC00,
        0x1100, 0x1161, 0x11A8, 0xD800, 0xDC00, 0xFB01, 0xFB2C, 0xFDFA, 0xFF21, 0xFFFE, 0x1D15E, 0x1F9B7, 0x10FFFF
    };

    @Test
    void texts() {
        staysItself(text -> new BusinessName(text).value(), "", 5_000);
        staysItself(text -> new Labels(Map.of("k", text)).pairs().getOrDefault("k", ""), "", 5_000);
    }

    @Test
    void externalIds() {
        staysItself(text -> new ExternalId(text).value(), "", 5_000);
        var random = new Random(7);
        for (var i = 0; i < TRIES; i++) {
            read(text -> new ExternalId(text).value(), text(random)).ifPresent(id -> {
                var canonical = new ExternalId(id).canonical();
                assertThat(Normalizer2.getNFKCCasefoldInstance().normalize(canonical))
                        .isEqualTo(canonical);
            });
        }
    }

    @Test
    void addresses() {
        staysItself(text -> new Website(text).value(), "https://example.com/", 1_000);
        staysItself(text -> new Website(text).value(), "https://e", 100);
        staysItself(text -> new EmailAddress(text).value(), "a@b", 50);
    }

    @Test
    void shortWords() {
        staysItself(text -> new CountryCode(text).value(), "", 0);
        staysItself(text -> new LanguageTag(text).value(), "en-", 0);
        staysItself(text -> new TimeZoneId(text).value(), "Europe/", 0);
        staysItself(text -> new PhoneNumber(text).value(), "+4420794600", 0);
    }

    private static void staysItself(UnaryOperator<String> type, String start, int atLeast) {
        var random = new Random(20260101);
        var accepted = 0;
        for (var i = 0; i < TRIES; i++) {
            var kept = read(type, start + text(random));
            if (kept.isPresent()) {
                accepted++;
                assertThat(read(type, kept.get())).isEqualTo(kept);
            }
        }
        assertThat(accepted).isGreaterThanOrEqualTo(atLeast);
    }

    private static Optional<String> read(UnaryOperator<String> type, String text) {
        try {
            return Optional.of(type.apply(text));
        } catch (InvalidValue _) {
            return Optional.empty();
        }
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (var length = random.nextInt(5); length >= 0; length--) {
            text.appendCodePoint(
                    switch (random.nextInt(4)) {
                        case 0 -> TROUBLE[random.nextInt(TROUBLE.length)];
                        case 1 -> random.nextInt(0x3000);
                        default -> 'a' + random.nextInt(26);
                    });
        }
        return text.toString();
    }
}
