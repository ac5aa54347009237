package com.misybot.tenancy.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNameTests {

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com",
        "EXAMPLE.COM, example.com",
        "IGDIR.example, igdir.example",
        "a, a",
        "3com.com, 3com.com",
        "1.2.3.4.example, 1.2.3.4.example",
        "4chan.0xabcg, 4chan.0xabcg",
        "ab--cd.example, ab--cd.example",
        "straße.de, xn--strae-oqa.de",
        "ab--cd.straße.de, ab--cd.xn--strae-oqa.de",
        "STRASSE.de, strasse.de",
        "strAßE.de, xn--strae-oqa.de",
        "xn--strae-oqa.de, xn--strae-oqa.de",
        "XN--STRAE-OQA.de, xn--strae-oqa.de",
        "bücher.XN--STRAE-OQA.Shop, xn--bcher-kva.xn--strae-oqa.shop",
        "BÜCHER.de, xn--bcher-kva.de",
        "例え.テスト, xn--r8jz45g.xn--zckzah",
        "пример.рф, xn--e1afmkfd.xn--p1ai",
        "ПРИМЕР.РФ, xn--e1afmkfd.xn--p1ai",
        "ᏣᎳᎩ.example, xn--f9dt7l.example",
        "l·l.cat, xn--ll-0ea.cat",
        "אב1.example, xn--1-zhcd.example",
        "βόλος.com, xn--nxasmm1c.com",
    })
    void keepsOneSpelling(String given, String canonical) {
        assertThat(new HostName(given).value()).isEqualTo(canonical);
    }

    /** Its lower case ends in a final sigma, its mapping in another letter: nobody can say which name was meant. */
    @Test
    void refusesACapitalSigmaAtTheEnd() {
        refuses("ΒΌΛΟΣ.com", "host_idn");
    }

    @Test
    void composesWhatWasTypedDecomposed() {
        assertThat(new HostName("bu\u0308cher.de")).isEqualTo(new HostName("b\u00fccher.de"));
    }

    @ParameterizedTest
    @CsvSource({
        "ｅxample.com, host_idn",
        "ＥＸＡＭＰＬＥ.com, host_idn",
        "example。com, host_idn",
        "example．com, host_idn",
        "example｡com, host_idn",
        "'exam\u00adple.com', host_idn",
        "'example\u2024com', host_idn",
        "'exam\u200bple.com', host_idn",
        "'a\u200db.com', host_idn",
        "'a\u200cb.com', host_idn",
        "'exa\ufe0fmple.com', host_idn",
        "'\ufeffexample.com', host_idn",
        "'exam\u2060ple.com', host_idn",
        "'\u212aelvin.com', host_idn",
        "'\u0130stanbul.com', host_idn",
        "'b\u00fc\u212a.com', host_idn",
        "'\u017ftrasse.com', host_idn",
        "'\ufb01sh.com', host_idn",
        "'①.com', host_idn",
        "'example.℡', host_idn",
        "'a\u0338<b.com', host_idn",
        "'\u2100.com', host_idn",
        "'\ud83d.com', host_idn",
        "'\u0378.com', host_idn",
        "'א1b.example', host_idn",
        "'1אב.example', host_idn",
        "'אב.1a', host_idn",
        "'\u00b7ll.cat', host_idn",
        "'１２７.0.0.1', host_idn",
        "xn--a.com, host_idn",
        "xn--abc-.com, host_label",
        "xn--.com, host_label",
        "xn--abc.com, host_idn",
        "XN--A.com, host_idn",
        "xn--strasse-.de, host_label",
        "xn--zca-ß.de, host_idn",
        "xn--xn--strae-oqa-.de, host_label",
        "xn--ss-99999999999.com, host_idn",
        "xn--bcher-KvA0.com, host_idn",
    })
    void refusesWhatAMappingWouldFold(String given, String code) {
        refuses(given, code);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "0X7F.0.0.1",
        "0x7f000001",
        "0177.0.0.1",
        "017700000001",
        "2130706433",
        "1",
        "0x",
        "example.0x1f",
        "example.1",
        "256.256.256.256",
        "1.2.3.4.5",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[fe80::1%25eth0]",
        "::1",
        "fe80::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "[v1.fe80]",
    })
    void refusesAddressesInEverySpelling(String given) {
        refuses(given, "host_ip_literal");
    }

    @ParameterizedTest
    @CsvSource({
        "'', host_empty",
        "example.com., host_trailing_dot",
        "., host_trailing_dot",
        "127.0.0.1., host_trailing_dot",
        ".example.com, host_label",
        "a..b, host_label",
        "under_score.com, host_label",
        "_dmarc.example.com, host_label",
        "-a.com, host_label",
        "a-.com, host_label",
        "a b.com, host_label",
        "' a.com', host_label",
        "'a.com\n', host_label",
        "'a\u0000.com', host_label",
        "a%2e.com, host_label",
        "ex%61mple.com, host_label",
        "*.example.com, host_label",
        "shop:80, host_label",
        "a/b, host_label",
        "a@b, host_label",
        "a'b.com, host_label",
    })
    void refusesWhatIsNoName(String given, String code) {
        refuses(given, code);
    }

    @Test
    void boundsLabelsAndNames() {
        var longest = ("a".repeat(63) + ".").repeat(3) + "a".repeat(61);
        assertThat(new HostName(longest).value()).hasSize(HostName.MAX_LENGTH);
        refuses(longest + "a", "host_too_long");
        refuses("a".repeat(64) + ".com", "host_too_long");
        refuses("ü".repeat(60) + ".com", "host_too_long");
        refuses("xn--" + "a".repeat(60) + ".com", "host_too_long");
        refuses("a.".repeat(1_000_000), "host_too_long");
    }

    @Test
    void neverRepeatsWhatItRefuses() {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> new HostName("s3cret_value.example"))
                .withMessageNotContaining("s3cret");
    }

    private static void refuses(String given, String code) {
        assertThatExceptionOfType(InvalidValue.class)
                .as("refusal of %s", given)
                .isThrownBy(() -> new HostName(given))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
