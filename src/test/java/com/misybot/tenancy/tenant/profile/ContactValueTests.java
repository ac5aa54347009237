package com.misybot.tenancy.tenant.profile;

import static com.misybot.tenancy.tenant.profile.Refusals.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactValueTests {

    @ParameterizedTest
    @CsvSource({
        "ada@example.com, ada@example.com",
        "Ada.Lovelace+misy@EXAMPLE.Com, Ada.Lovelace+misy@example.com",
        "o'neill@straße.de, o'neill@xn--strae-oqa.de",
        "!#$%&*/=?^_`{|}~-@example.com, !#$%&*/=?^_`{|}~-@example.com",
        "1@2.example, 1@2.example",
    })
    void keepsAnAddressWithACanonicalDomain(String given, String canonical) {
        assertThat(new EmailAddress(given).value()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "ada",
                "ada@",
                "@example.com",
                "ada@localhost",
                "ada@example.com.",
                "ada@.example.com",
                "ada@@example.com",
                "a@b@example.com",
                ".ada@example.com",
                "ada.@example.com",
                "a..b@example.com",
                "a b@example.com",
                " ada@example.com",
                "ada@example.com ",
                "ada@example.com\n",
                "ada\r\nBcc: x@example.com",
                "\"ada\"@example.com",
                "ada(x)@example.com",
                "ada@[127.0.0.1]",
                "ada@127.0.0.1",
                "ada@under_score.com",
                "ädä@example.com",
                "ada＠example.com",
                "ada@ｅxample.com",
                "Ada <ada@example.com>",
                "ada@example.com,eve@example.com",
                "a\u0000@example.com"
            })
    void refusesAnAddressOfAnotherShape(String given) {
        refuses(() -> new EmailAddress(given), "format");
    }

    @Test
    void boundsAnAddress() {
        var domain = ("a".repeat(61) + ".").repeat(3) + "de";
        assertThat(domain).hasSize(188);
        assertThat(new EmailAddress("x".repeat(64) + "@" + domain).value()).hasSize(253);
        assertThat(new EmailAddress("x".repeat(64) + "@a" + domain).value()).hasSize(254);
        refuses(() -> new EmailAddress("x".repeat(64) + "@aa" + domain), "too_long");
        refuses(() -> new EmailAddress("x".repeat(65) + "@example.com"), "format");
    }

    @ParameterizedTest
    @CsvSource({
        "+442079460000, +442079460000",
        "+12125550100, +12125550100",
        "+5511987654321, +5511987654321",
        "+390612345678, +390612345678",
        "+4402079460000, +442079460000",
        "+80012345678, +80012345678",
        "+38344123456, +38344123456",
    })
    void keepsANumberInE164(String given, String canonical) {
        assertThat(new PhoneNumber(given).value()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "442079460000",
                "00442079460000",
                "+44 20 7946 0000",
                "+44-2079460000",
                "+44(0)2079460000",
                "+0442079460000",
                "+4420",
                "+44207946000000000",
                "+999123456789",
                "+5215512345678",
                "tel:+442079460000",
                "+442079460000;ext=1",
                "+442079460000x1",
                "＋442079460000",
                "+٤٤٢٠٧٩٤٦٠٠٠٠",
                "+1800FLOWERS",
                "+442079460000\n",
                "not a number"
            })
    void refusesANumberOfAnotherShape(String given) {
        refuses(() -> new PhoneNumber(given), "format");
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com, https://example.com/",
        "HTTP://Example.COM:80/Shop, http://example.com/Shop",
        "https://example.com:443?q=1, https://example.com/?q=1",
        "https://example.com:80/, https://example.com:80/",
        "https://example.com#top, https://example.com/#top",
        "https://straße.de/größe, https://xn--strae-oqa.de/gr%C3%B6%C3%9Fe",
        "https://example.com/gro\u0308\u00dfe, https://example.com/gr%C3%B6%C3%9Fe",
        "https://example.com/%c3%b6?a=%2f, https://example.com/%C3%B6?a=%2F",
        "https://example.com/👍, https://example.com/%F0%9F%91%8D",
        "https://example.com/a/../b, https://example.com/a/../b",
        "https://example.com/@ada:x, https://example.com/@ada:x",
    })
    void keepsOneSpellingOfAWebsite(String given, String canonical) {
        assertThat(new Website(given).value()).isEqualTo(canonical);
        assertThat(new Website(canonical).value()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "'' format",
                "example.com format",
                "//example.com format",
                "ftp://example.com format",
                "javascript:alert(1) format",
                "httpſ://example.com format",
                "https:// format",
                "https:///example.com format",
                "https://ada@example.com format",
                "https://ada:pass@example.com/ format",
                "https://example.com: format",
                "https://example.com:0 format",
                "https://example.com:65536 format",
                "https://example.com:99999999999 format",
                "https://example.com\\@evil.example format",
                "'https://example.com/a b' format",
                "'https://example.com/a\u0000' format",
                "'https://example.com/\n' format",
                "'https://example.com/a\u0085' format",
                "'https://example.com/\ud800' format",
                "https://example.com/<script> format",
                "https://example.com/%zz format",
                "https://example.com/%c format",
                "https://example.com/%+1 format",
                "https://example.com/#a#b format",
                "https://[::1]/ format",
                "https://127.0.0.1/ host_ip_literal",
                "https://0x7f.1/ host_ip_literal",
                "https://example.com./ host_trailing_dot",
                "https://under_score.com/ host_label",
                "https://ｅxample.com/ host_idn",
            })
    void refusesWhatIsNoWebsite(String given, String code) {
        refuses(() -> new Website(given), code);
    }

    @Test
    void boundsAWebsiteAsItIsKept() {
        var start = "https://example.com/";
        assertThat(new Website(start + "a".repeat(2028)).value()).hasSize(2048);
        refuses(() -> new Website(start + "a".repeat(2029)), "too_long");
        refuses(() -> new Website(start + "ö".repeat(400)), "too_long");
    }
}
