package com.misybot.tenancy.tenant.profile;

import static com.misybot.tenancy.tenant.profile.Refusals.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextValueTests {

    @Test
    void composesAndStrips() {
        assertThat(new BusinessName("\u00a0 Cafe\u0301 \u3000\n").value()).isEqualTo("Caf\u00e9");
        assertThat(new BusinessName("\u212bngstr\u00f6m").value()).isEqualTo("\u00c5ngstr\u00f6m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Fundação Hermínio Ometto",
                "東京大学",
                "جامعة الملك سعود",
                "אוניברסיטת תל\u05beאביב\u200e",
                "دانشگاه\u200cتهران",
                "👩\u200d⚕\ufe0f Clinic",
                "O'Neill & Söhne – “Zahn” №1 (x) <b>",
                "x"
            })
    void keepsNamesOfEveryScript(String name) {
        assertThat(new BusinessName(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000b", "a\tb", "a\nb", "a\u007fb", "a\u0085b", "a\u2028b", "a\u2029b", "a\u202eb", "a\u202ab",
                        "a\u2066b",
                "a\u2069b", "a\ufeffb", "a\ufff9b", "a\ufffeb", "a\uffffb", "a\ufdd0b", "a\ud800b", "a\udc00",
                        "a\ue000b", "a\u0378b",
                "a\udbff\udfffb", "a\u206ab"
            })
    void refusesWhatHidesReordersOrMeansNothing(String name) {
        refuses(() -> new BusinessName(name), "character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00a0\u2003", "\u200d", "\u200e\u200f", "\u0301", "\u3164", "\u2800", "\u00ad"})
    void refusesWhatNobodyCanSee(String name) {
        refuses(() -> new BusinessName(name), "blank");
    }

    @Test
    void countsCodePointsAfterNormalisation() {
        var tooth = "🦷";
        assertThat(new BusinessName(tooth.repeat(200)).value()).hasSize(400);
        assertThat(new BusinessName("e\u0301".repeat(200)).value()).hasSize(200);
        assertThat(new BusinessName(" " + "a".repeat(200) + " ").value()).hasSize(200);
        refuses(() -> new BusinessName(tooth.repeat(201)), "too_long");
        // one code point that NFC takes apart into three
        refuses(() -> new BusinessName("\ufb2c".repeat(100)), "too_long");
    }

    @Test
    void hasBoundsOfItsOwnForEachType() {
        assertThat(new ContactName("a".repeat(200)).value()).hasSize(200);
        refuses(() -> new ContactName("a".repeat(201)), "too_long");
        assertThat(new Industry("a".repeat(100)).value()).hasSize(100);
        refuses(() -> new Industry("a".repeat(101)), "too_long");
        assertThat(new ExternalId("a".repeat(128)).value()).hasSize(128);
        refuses(() -> new ExternalId("a".repeat(129)), "too_long");
        refuses(() -> new ExternalId(" "), "blank");
    }

    @ParameterizedTest
    @CsvSource({
        "CRM-17, crm-17",
        "ＣＲＭ－１７, crm-17",
        "STRASSE, straße",
        "Straße, STRAẞE",
        "I, i",
        "ﬁsh, FISH",
        "ΣΑΣ, σας",
        "'co\u00adop', coop",
        "e\u0301, \u00c9",
    })
    void takesExternalIdsForOneThatDifferInCaseOrWidthOnly(String one, String other) {
        assertThat(new ExternalId(one).canonical()).isEqualTo(new ExternalId(other).canonical());
    }

    @ParameterizedTest
    @CsvSource({"I, ı", "a, á", "crm-1, crm-10", "o, ο"})
    void keepsOtherExternalIdsApart(String one, String other) {
        assertThat(new ExternalId(one).canonical()).isNotEqualTo(new ExternalId(other).canonical());
    }

    @Test
    void keepsPersonalTextOutOfLogs() {
        assertThat(new ContactName("Ada Lovelace").toString()).doesNotContain("Ada");
        assertThat(new EmailAddress("ada@example.com").toString()).doesNotContain("ada");
        assertThat(new PhoneNumber("+442079460000").toString()).doesNotContain("442");
    }

    @Test
    void readsWordsAsConfigured() {
        assertThat(new PlanId("standard")).hasToString("standard");
        assertThat(new Region("eu-west-1")).hasToString("eu-west-1");
        assertThat(new Permission("chat:start.v_1-a")).hasToString("chat:start.v_1-a");
        for (var wrong : new String[] {"", "a", "Standard", "a b", "a_b", "ａｂ", "ab\n", "a".repeat(33)}) {
            refuses(() -> new PlanId(wrong), "format");
            refuses(() -> new Region(wrong), "format");
        }
        for (var wrong : new String[] {"", "1a", ":a", "Chat", "a b", "a\n", "a".repeat(65)}) {
            refuses(() -> new Permission(wrong), "format");
        }
    }
}
