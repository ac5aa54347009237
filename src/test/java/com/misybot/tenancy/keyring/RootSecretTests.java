package com.misybot.tenancy.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootSecretTests {

    private static final String GOOD = "6f1d8c3ab25e4790d1f4b8a6c2e90573184bd6fa9e2c7d50b3a8f7164ce2905d";

    @Test
    void readsHexadecimalBase64AndAFile(@TempDir Path directory) throws IOException {
        var bytes = HexFormat.of().parseHex(GOOD);
        var file = Files.writeString(directory.resolve("root.key"), GOOD + "\n");

        assertThat(new KeyringSettings(GOOD, null).rootSecret().bytes()).isEqualTo(bytes);
        assertThat(new KeyringSettings(Base64.getEncoder().encodeToString(bytes), null)
                        .rootSecret()
                        .bytes())
                .isEqualTo(bytes);
        assertThat(new KeyringSettings(null, file).rootSecret().bytes()).isEqualTo(bytes);
    }

    @Test
    void refusesAMissingSecretAndSaysWhatToSet() {
        assertRefusal(new KeyringSettings(null, null))
                .hasMessageContainingAll("TENANCY_KEYRING_ROOTFILE", "TENANCY_KEYRING_ROOT", "openssl rand -hex 32");
    }

    @Test
    void refusesTwoSecrets() {
        assertRefusal(new KeyringSettings(GOOD, Path.of("root.key"))).hasMessageContaining("not both");
    }

    @Test
    void refusesAFileThatIsNotThere(@TempDir Path directory) {
        assertRefusal(new KeyringSettings(null, directory.resolve("absent")))
                .hasMessageContainingAll("absent", "tenancy.keyring.root-file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "6f1d8c3ab25e4790",
                "6f1d8c3ab25e4790d1f4b8a6c2e90573184bd6fa9e2c7d50b3a8f7164ce290",
                "6f1d8c3ab25e4790d1f4b8a6c2e90573184bd6fa9e2c7d50b3a8f7164ce2905d6f",
                "bx2MOrJeR5DR9LimwukFcw==",
            })
    void refusesASecretOfAnotherLength(String secret) {
        assertRefusal(new KeyringSettings(secret, null)).hasMessageContaining("openssl rand -hex 32");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
                "deadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeefdeadbeef",
                "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                "1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100",
                "Y2hhbmdlbWVjaGFuZ2VtZWNoYW5nZW1lY2hhbmdlbWU=",
            })
    void refusesASecretThatAnybodyWouldGuess(String secret) {
        assertRefusal(new KeyringSettings(secret, null)).hasMessageContainingAll("guess", "openssl rand -hex 32");
    }

    @Test
    void refusesWhatIsNeitherHexadecimalNorBase64() {
        assertRefusal(new KeyringSettings("not a secret at all!", null)).hasMessageContaining("neither");
        assertRefusal(new KeyringSettings(GOOD.replace('6', 'x'), null)).hasMessageContaining("neither");
    }

    private static AbstractThrowableAssert<?, ?> assertRefusal(KeyringSettings settings) {
        var refusal = assertThatThrownBy(settings::rootSecret).isInstanceOf(RootSecretException.class);
        if (settings.root() != null && settings.root().length() > 8) {
            refusal.hasMessageNotContaining(settings.root());
        }
        return refusal;
    }
}
