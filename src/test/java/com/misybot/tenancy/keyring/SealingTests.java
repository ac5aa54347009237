package com.misybot.tenancy.keyring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.misybot.tenancy.keyring.Sealing.BrokenSealException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class SealingTests {

    private static final byte[] SECRET = "a secret that must be read again".getBytes(UTF_8);

    private final SecureRandom random = new SecureRandom();
    private final Sealing sealing = sealing(Keyrings.fixed(), Keyring.Purpose.SIGNING_KEY);

    @Test
    void opensWhatItSealed() throws BrokenSealException {
        assertThat(sealing.open("one", sealing.seal("one", SECRET))).isEqualTo(SECRET);
        assertThat(sealing.open("one", sealing.seal("one", new byte[0]))).isEmpty();
    }

    @Test
    void opensAfterARestart() throws BrokenSealException {
        var restarted = sealing(Keyrings.fixed(), Keyring.Purpose.SIGNING_KEY);

        assertThat(restarted.open("one", sealing.seal("one", SECRET))).isEqualTo(SECRET);
    }

    @Test
    void namesFormatAndKeyAndShowsNothing() {
        var sealed = sealing.seal("one", SECRET);

        assertThat(sealed).hasSize(1 + 4 + 12 + SECRET.length + 16).startsWith(1);
        assertThat(Arrays.copyOfRange(sealed, 1, 5)).isEqualTo(Arrays.copyOfRange(sealing.seal("two", SECRET), 1, 5));
        assertThat(new String(sealed, UTF_8)).doesNotContain("secret");
    }

    @Test
    void drawsANonceEachTime() {
        var seen = new HashSet<String>();
        for (var i = 0; i < 1_000; i++) {
            seen.add(Arrays.toString(Arrays.copyOfRange(sealing.seal("one", SECRET), 5, 17)));
        }

        assertThat(seen).hasSize(1_000);
    }

    @Test
    void doesNotOpenForAnotherRecord() {
        assertBroken(sealing, "two", sealing.seal("one", SECRET));
    }

    @Test
    void doesNotOpenForAnotherPurpose() {
        var other = sealing(Keyrings.fixed(), Keyring.Purpose.CHECK);

        assertBroken(other, "one", sealing.seal("one", SECRET));
    }

    /** Also not where its key id is made to fit. */
    @Test
    void doesNotOpenUnderAnotherRootSecret() {
        var other = sealing(
                Keyrings.of("10112233445566778899aabbccddeeff0102030405060708090a0b0c0d0e0fa0"),
                Keyring.Purpose.SIGNING_KEY);
        var sealed = sealing.seal("one", SECRET);
        assertBroken(other, "one", sealed);

        System.arraycopy(other.seal("one", SECRET), 1, sealed, 1, Sealing.KEY_ID_LENGTH);
        assertBroken(other, "one", sealed);
    }

    @Test
    void doesNotOpenWithAnySingleBitFlipped() {
        var sealed = sealing.seal("one", SECRET);
        for (var bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
            var changed = sealed.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertBroken(sealing, "one", changed);
        }
    }

    @Test
    void doesNotOpenWhatIsCutOrLonger() {
        var sealed = sealing.seal("one", SECRET);
        for (var length = 0; length < sealed.length; length++) {
            assertBroken(sealing, "one", Arrays.copyOf(sealed, length));
        }
        assertBroken(sealing, "one", Arrays.copyOf(sealed, sealed.length + 1));
    }

    private Sealing sealing(Keyring keyring, Keyring.Purpose purpose) {
        return keyring.sealing(purpose, random);
    }

    private static void assertBroken(Sealing sealing, String recordId, byte[] sealed) {
        assertThatExceptionOfType(BrokenSealException.class).isThrownBy(() -> sealing.open(recordId, sealed));
    }
}
