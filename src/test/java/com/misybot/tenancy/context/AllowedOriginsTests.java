package com.misybot.tenancy.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTests {

    private final AllowedOrigins allowed = AllowedOrigins.of(List.of(
            "https://acme.example",
            "https://*.acme.example",
            "https://shop.acme.example:8443",
            "https://*.cdn.acme.example:8443",
            "http://localhost:3000"));

    @ParameterizedTest
    @CsvSource({
        "https://acme.example, https://acme.example",
        "HTTPS://ACME.example, https://acme.example",
        "https://acme.example:443, https://acme.example",
        "https://www.acme.example, https://*.acme.example",
        "https://WWW.acme.example:443, https://*.acme.example",
        "https://shop.acme.example:8443, https://shop.acme.example:8443",
        "https://a.cdn.acme.example:8443, https://*.cdn.acme.example:8443",
        "http://localhost:3000, http://localhost:3000"
    })
    void namesTheRuleThatAPageFallsUnder(String page, String rule) {
        assertThat(allowed.rule(page)).isEqualTo(rule);
        assertThat(allowed.allow(page)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "acme.example",
                "http://acme.example",
                "https://acme.example:8443",
                "https://acme.example.",
                "https://acme.example/",
                "https://a@acme.example",
                "https://a.b.acme.example",
                "https://.acme.example",
                "https://*.acme.example",
                "https://www.*.acme.example",
                "https://cdn.acme.example:8443",
                "https://a.cdn.acme.example",
                "https://evilacme.example",
                "https://acme.example.evil.example",
                "https://acme",
                "http://localhost",
                "https://localhost:3000",
                "https://127.0.0.1",
                "\nhttps://acme.example",
                "https://acme.example\n",
                "https://acme.example\nhttps://*.acme.example",
                "\n",
                "https://ａcme.example"
            })
    void deniesEverythingElse(String page) {
        assertThat(allowed.rule(page)).isNull();
    }

    @Test
    void anEmptyListMeansNobody() {
        assertThat(AllowedOrigins.of(List.of()).allow("https://acme.example")).isFalse();
        assertThat(AllowedOrigins.of(List.of()).allow("")).isFalse();
    }
}
