package com.misybot.tenancy.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantKeyIdTests {

    private final SecureRandom random = new SecureRandom();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000-0000-0000-0000-000000000000",
                "00000000-0000-0001-0000-000000000000",
                "01890a5d-ac96-774b-bcce-b302099a8057",
                "7fffffff-ffff-ffff-ffff-ffffffffffff",
                "ffffffff-ffff-ffff-ffff-ffffffffffff"
            })
    void readsWhatItWrote(String uuid) {
        var issued = TenantKeyId.issue(UUID.fromString(uuid), random);

        assertThat(issued.text()).hasSize(30).matches("[0-9A-Za-z]{30}");
        assertThat(TenantKeyId.parse(issued.text())).contains(issued);
    }

    @Test
    void readsEveryUuidBack() {
        for (var i = 0; i < 1_000; i++) {
            var issued = TenantKeyId.issue(new UUID(random.nextLong(), random.nextLong()), random);
            assertThat(TenantKeyId.parse(issued.text())).contains(issued);
        }
    }

    @Test
    void isTheKeyIdOfATokenOfATenant() {
        var issued = TenantKeyId.issue(UUID.randomUUID(), random);

        var token = Token.issue(Token.Kind.TENANT, issued.text(), random);

        assertThat(TenantKeyId.parse(token.keyId())).contains(issued);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0000000000000000000000abcdefg",
                "0000000000000000000000abcdefghi",
                "0000000000000000000000abcdef-h",
                "zzzzzzzzzzzzzzzzzzzzzzabcdefgh"
            })
    void refusesWhatIsNone(String text) {
        assertThat(TenantKeyId.parse(text)).isEmpty();
    }

    @Test
    void refusesARecordOfAnotherForm() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TenantKeyId(UUID.randomUUID(), "a"));
    }
}
