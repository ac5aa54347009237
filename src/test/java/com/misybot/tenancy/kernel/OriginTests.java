package com.misybot.tenancy.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTests {

    @ParameterizedTest
    @CsvSource({
        "https://example.com, https://example.com",
        "HTTPS://EXAMPLE.Com, https://example.com",
        "https://example.com:443, https://example.com",
        "https://example.com:8443, https://example.com:8443",
        "https://example.com:65535, https://example.com:65535",
        "https://*.example.com, https://*.example.com",
        "https://*.EXAMPLE.com:443, https://*.example.com",
        "https://*.example.co.uk:1, https://*.example.co.uk:1",
        "https://*.city.kawasaki.jp, https://*.city.kawasaki.jp",
        "https://*.shop.github.io, https://*.shop.github.io",
        "https://github.io, https://github.io",
        "https://straße.de, https://xn--strae-oqa.de",
        "https://*.BÜCHER.example, https://*.xn--bcher-kva.example",
        "https://localhost, https://localhost",
        "https://qa--shop.example.com, https://qa--shop.example.com",
    })
    void keepsOneSpelling(String given, String canonical) {
        assertThat(Origin.of(given)).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null|origin_null",
                "''|origin_format",
                "example.com|origin_format",
                "//example.com|origin_format",
                "https:example.com|origin_format",
                "https:/example.com|origin_format",
                "http://example.com|origin_scheme",
                "http://localhost|origin_scheme",
                "ftp://example.com|origin_scheme",
                "httpſ://example.com|origin_scheme",
                "chrome-extension://abcdefgh|origin_scheme",
                "' https://example.com'|origin_scheme",
                "://example.com|origin_scheme",
                "https://|host_empty",
                "https://:443|host_empty",
                "https://user@example.com|origin_userinfo",
                "https://user:pass@example.com|origin_userinfo",
                "https://@example.com|origin_userinfo",
                "https://example.com@evil.example|origin_userinfo",
                "https://example.com/|origin_path",
                "https://example.com/a|origin_path",
                "https:///example.com|origin_path",
                "https://example.com\\@evil.example|origin_path",
                "https://example.com?|origin_query",
                "https://example.com?a=b|origin_query",
                "https://example.com#|origin_fragment",
                "https://example.com:|origin_port_empty",
                "https://example.com:0|origin_port",
                "https://example.com:0443|origin_port",
                "https://example.com:65536|origin_port",
                "https://example.com:99999999999999999999|origin_port",
                "https://example.com:+443|origin_port",
                "https://example.com:-1|origin_port",
                "https://example.com:４４３|origin_port",
                "https://example.com: 443|origin_port",
                "https://example.com:https|origin_port",
                "https://example.com:80:80|host_label",
                "https://*|origin_wildcard",
                "https://*:443|origin_wildcard",
                "https://*.*.example.com|origin_wildcard",
                "https://a.*.example.com|origin_wildcard",
                "https://*shop.example.com|origin_wildcard",
                "https://shop*.example.com|origin_wildcard",
                "https://**.example.com|origin_wildcard",
                "https://*.localhost|origin_wildcard",
                "https://*.com|origin_wildcard",
                "https://*.|host_empty",
                "https://*.co.uk|origin_public_suffix",
                "https://*.CO.UK|origin_public_suffix",
                "https://*.github.io|origin_public_suffix",
                "https://*.s3.amazonaws.com|origin_public_suffix",
                "https://*.foo.ck|origin_public_suffix",
                "https://*.kawasaki.jp|origin_public_suffix",
                "https://*.compute.amazonaws.com|origin_public_suffix",
                "https://*.個人.香港|origin_public_suffix",
                "https://*.xn--mxtq1m.xn--j6w193g|origin_public_suffix",
                "https://*.127.0.0.1|host_ip_literal",
                "https://[::1]|host_ip_literal",
                "https://[::1]:8443|host_ip_literal",
                "https://::1|host_ip_literal",
                "https://127.0.0.1:8443|host_ip_literal",
                "https://example.com.|host_trailing_dot",
                "https://example.com.:443|host_trailing_dot",
            })
    void refusesWithACodeOfItsOwn(String given, String code) {
        assertThat(refusal(given, false)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost, http://localhost",
        "HTTP://LOCALHOST:80, http://localhost",
        "http://localhost:3000, http://localhost:3000",
        "http://localhost:443, http://localhost:443",
        "https://localhost:80, https://localhost:80",
    })
    void acceptsPlainLocalhostWhereConfigured(String given, String canonical) {
        assertThat(Origin.of(given, true)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "http://localhost.example.com",
                "http://a.localhost",
                "http://*.example.com"
            })
    void acceptsNoOtherPlainHostEvenThere(String given) {
        assertThat(refusal(given, true)).isEqualTo("origin_scheme");
    }

    @Test
    void refusesPlainAddressesOfTheMachineItself() {
        assertThat(refusal("http://127.0.0.1:3000", true)).isEqualTo("host_ip_literal");
        assertThat(refusal("http://[::1]", true)).isEqualTo("host_ip_literal");
    }

    @Test
    void tellsItsParts() {
        var origin = Origin.of("https://*.straße.de:8443");
        assertThat(origin.scheme()).isEqualTo("https");
        assertThat(origin.host()).isEqualTo("xn--strae-oqa.de");
        assertThat(origin.isWildcard()).isTrue();
        assertThat(origin.port()).isEqualTo(8443);
        assertThat(Origin.of("http://localhost", true).port()).isEqualTo(80);
        assertThat(Origin.of("https://example.com").port()).isEqualTo(443);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com, https://example.com:443, true",
        "https://example.com, https://example.com:8443, false",
        "https://example.com, https://www.example.com, false",
        "https://*.example.com, https://www.example.com, true",
        "https://*.example.com, https://www.example.com:8443, false",
        "https://*.example.com:8443, https://www.example.com:8443, true",
        "https://*.example.com, https://example.com, false",
        "https://*.example.com, https://a.b.example.com, false",
        "https://*.example.com, https://wwwexample.com, false",
        "https://*.example.com, https://a.notexample.com, false",
        "https://*.example.com, https://*.example.com, false",
        "https://*.example.com, https://*.shop.example.com, false",
        "https://a.example.com, https://*.example.com, false",
        "https://example.com, https://*.example.com, false",
        "https://strasse.de, https://straße.de, false",
        "https://straße.de, https://XN--STRAE-OQA.de, true",
    })
    void matchesExactlyOneLabel(String allowed, String page, boolean expected) {
        assertThat(Origin.of(allowed).matches(Origin.of(page))).isEqualTo(expected);
    }

    @Test
    void keepsSchemesApart() {
        assertThat(Origin.of("http://localhost:443", true).matches(Origin.of("https://localhost", true)))
                .isFalse();
    }

    @Test
    void isEqualByItsCanonicalText() {
        assertThat(Origin.of("https://EXAMPLE.com:443"))
                .isEqualTo(Origin.of("https://example.com"))
                .hasSameHashCodeAs(Origin.of("https://example.com"))
                .isNotEqualTo(Origin.of("https://*.example.com"))
                .isEqualByComparingTo(Origin.of("https://example.com"));
    }

    @Test
    void boundsItsInputBeforeAnyWork() {
        assertThat(refusal("https://" + "a".repeat(1_000_000), false)).isEqualTo("origin_format");
        var base = ("a".repeat(61) + ".").repeat(4) + "abc";
        assertThat(base).hasSize(251);
        assertThat(Origin.of("https://*." + base).host()).isEqualTo(base);
        assertThat(refusal("https://*." + base + "d", false)).isEqualTo("origin_wildcard");
    }

    private static String refusal(String given, boolean allowHttpLocalhost) {
        var refusal = catchThrowableOfType(InvalidValue.class, () -> Origin.of(given, allowHttpLocalhost));
        assertThat(refusal).as("refusal of %s", given).isNotNull();
        return refusal.code();
    }
}
