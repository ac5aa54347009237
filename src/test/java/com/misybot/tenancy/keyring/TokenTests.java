package com.misybot.tenancy.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTests {

    private static final String KEY_ID = "0Az9Zz5q2W7E";

    private final SecureRandom random = new SecureRandom();

    @Test
    void hasTheDocumentedForm() {
        var token = Token.issue(Token.Kind.OPERATOR, KEY_ID, random).secret().value();

        assertThat(token).matches("misy_op_" + KEY_ID + "_[0-9A-Za-z]{27}_[0-9A-Za-z]{6}");
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatItIssued(Token.Kind kind) {
        var keyId = Token.newKeyId(kind, random);
        var issued = Token.issue(kind, keyId, random);

        assertThat(Token.parse(issued.secret().value())).hasValueSatisfying(read -> {
            assertThat(read.kind()).isEqualTo(kind);
            assertThat(read.keyId()).isEqualTo(keyId);
            assertThat(read.secret()).isEqualTo(issued.secret());
        });
    }

    @Test
    void refusesEverySingleWrongCharacter() {
        var token = Token.issue(Token.Kind.SERVICE, KEY_ID, random).secret().value();

        for (var i = 0; i < token.length(); i++) {
            var wrong = token.charAt(i) == 'x' ? 'y' : 'x';
            var typo = token.substring(0, i) + wrong + token.substring(i + 1);
            assertThat(Token.parse(typo)).as(typo).isEmpty();
        }
    }

    @Test
    void refusesSwappedNeighbours() {
        var token = Token.issue(Token.Kind.SERVICE, KEY_ID, random).secret().value();

        for (var i = 0; i < token.length() - 1; i++) {
            var chars = token.toCharArray();
            chars[i] = token.charAt(i + 1);
            chars[i + 1] = token.charAt(i);
            var swapped = new String(chars);
            assertThat(Token.parse(swapped).isPresent()).isEqualTo(swapped.equals(token));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "misy_", "misy_op_", "eyJhbGciOiJub25lIn0.e30.", "misy_xx_0Az9Zz5q2W7E_0_0"})
    void refusesWhatIsNoToken(String text) {
        assertThat(Token.parse(text)).isEmpty();
        assertThat(Token.claimedKeyId(text)).isEmpty();
    }

    @Test
    void refusesADigitOutsideOfAscii() {
        var token = Token.issue(Token.Kind.OPERATOR, KEY_ID, random).secret().value();

        assertThat(Token.parse(token.substring(0, 8) + "\u0660" + token.substring(9)))
                .isEmpty();
    }

    @Test
    void saysWhichKeyATypoClaims() {
        var token = Token.issue(Token.Kind.OPERATOR, KEY_ID, random).secret().value();
        var typo = token.substring(0, token.length() - 1) + (token.endsWith("0") ? "1" : "0");

        assertThat(Token.parse(typo)).isEmpty();
        assertThat(Token.claimedKeyId(typo)).contains(KEY_ID);
    }

    @Test
    void drawsFreshBitsForEachToken() {
        var seen = new HashSet<String>();
        for (var i = 0; i < 1_000; i++) {
            seen.add(Token.issue(Token.Kind.OPERATOR, KEY_ID, random).secret().value());
        }

        assertThat(seen).hasSize(1_000);
    }

    @Test
    void holdsAll160Bits() {
        var ones = HexFormat.of().parseHex("f".repeat(40));

        assertThat(Base62.encode(ones, 27)).hasSize(27).doesNotStartWith("0");
        assertThatIllegalArgumentException().isThrownBy(() -> Base62.encode(ones, 26));
    }

    @Test
    void hashesDifferentlyUnderAnotherKeyIdAndPepper() {
        var token = Token.issue(Token.Kind.OPERATOR, KEY_ID, random);
        var pepper = keyring("00112233445566778899aabbccddeeff0102030405060708090a0b0c0d0e0fa0");
        var other = keyring("10112233445566778899aabbccddeeff0102030405060708090a0b0c0d0e0fa0");

        assertThat(token.hash(pepper)).hasSize(32).isEqualTo(token.hash(pepper)).isNotEqualTo(token.hash(other));
    }

    @Test
    void neverPrintsItself() {
        var token = Token.issue(Token.Kind.OPERATOR, KEY_ID, random);

        assertThat(token.toString().toLowerCase(Locale.ROOT))
                .doesNotContain(token.secret().value().toLowerCase(Locale.ROOT).substring(21, 48));
        assertThat(token.secret().toString()).doesNotContain("misy_");
    }

    @Test
    void refusesAKeyIdOfAnotherKind() {
        assertThatIllegalArgumentException().isThrownBy(() -> Token.issue(Token.Kind.TENANT, KEY_ID, random));
    }

    private static MacKey keyring(String root) {
        return new Keyring(RootSecret.parse(root, "test")).macKey(Keyring.Purpose.PEPPER);
    }
}
