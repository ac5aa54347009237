package com.misybot.tenancy.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.misybot.tenancy.kernel.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboundUrlTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "https://hooks.example.com https://hooks.example.com/",
                "HTTPS://Hooks.Example.COM/A?b=C https://hooks.example.com/A?b=C",
                "https://hooks.example.com:443/x https://hooks.example.com/x",
                "https://hooks.example.com:8443/x https://hooks.example.com:8443/x",
                "https://hooks.example.com?b https://hooks.example.com/?b",
                "https://straße.de/x https://xn--strae-oqa.de/x",
                "http://localhost:9000/x http://localhost:9000/x",
                "http://hooks.example.com:80/ http://hooks.example.com/",
                "https://127.0.0.1:9000/x https://127.0.0.1:9000/x",
                "https://h.example/%C3%A4 https://h.example/%C3%A4",
            })
    void hasOneSpelling(String text, String canonical) {
        assertThat(OutboundUrl.of(text)).hasToString(canonical);
        assertThat(OutboundUrl.of(canonical)).isEqualTo(OutboundUrl.of(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "ftp://example.com/ url_scheme",
                "file:///etc/passwd url_scheme",
                "//example.com/ url_scheme",
                "https:/example.com url_scheme",
                "https:example.com url_scheme",
                "javascript:alert(1) url_scheme",
                "https:// host_empty",
                "https:///x host_empty",
                "https://user@example.com/ url_userinfo",
                "https://user:pass@example.com/ url_userinfo",
                "https://example.com@127.0.0.1/ url_userinfo",
                "https://example.com/#x url_fragment",
                "https://example.com/x#@127.0.0.1 url_fragment",
                "https://2130706433/ host_ip_literal",
                "https://0x7f000001/ host_ip_literal",
                "https://0x7f.1/ host_ip_literal",
                "https://127.1/ host_ip_literal",
                "https://0177.0.0.1/ host_ip_literal",
                "https://127.0.0.01/ host_ip_literal",
                "https://127.0.0.1./ host_trailing_dot",
                "https://256.0.0.1/ host_ip_literal",
                "https://[::1]/ host_ip_literal",
                "https://[::1]:443/ host_ip_literal",
                "https://[::ffff:127.0.0.1]/ host_ip_literal",
                "https://[fe80::1%25eth0]/ host_ip_literal",
                "https://①②⑦.⓪.⓪.①/ host_idn",
                "https://127。0。0。1/ host_idn",
                "https://ⓔxample.com/ host_idn",
                "https://exam_ple.com/ host_label",
                "https://example.com./ host_trailing_dot",
                "https://example.com\\@127.0.0.1/ url_userinfo",
                "https://example.com\\.evil/ host_label",
                "https://example.com:0/ url_port",
                "https://example.com:65536/ url_port",
                "https://example.com:/ url_port",
                "https://example.com:0443/ url_port",
                "https://example.com:44a/ url_port",
                "https://example.com/%zz url_format",
                "https://example.com/ä url_format",
                "https://example.com/<x> url_format",
                "https://example.com/a\\b url_format",
            })
    void refusesWhatReadsAsSomethingElse(String text, String code) {
        assertThat(refusal(text)).isEqualTo(code);
    }

    @Test
    void refusesWhitespaceAndControlCharactersEverywhere() {
        for (var c : new char[] {' ', '\t', '\r', '\n', '\0', 0x7f, 0x85, 0x2028}) {
            assertThat(refusal("https://example.com/a" + c + "b")).isNotNull();
            assertThat(refusal("https://exam" + c + "ple.com/")).isNotNull();
            assertThat(refusal(c + "https://example.com/")).isNotNull();
            assertThat(refusal("https://example.com/" + c)).isNotNull();
        }
    }

    @Test
    void isNotLongerThan2048Characters() {
        var longest = "https://example.com/" + "a".repeat(2_028);
        assertThat(OutboundUrl.of(longest)).hasToString(longest);
        assertThat(OutboundUrl.of("https://example.com/" + "%20".repeat(676))).isNotNull();
        assertThat(refusal(longest + "a")).isEqualTo("url_too_long");
        assertThat(refusal("https://straße.de/" + "a".repeat(2_028))).isEqualTo("url_too_long");
    }

    private static String refusal(String text) {
        return catchThrowableOfType(InvalidValue.class, () -> OutboundUrl.of(text))
                .code();
    }
}
