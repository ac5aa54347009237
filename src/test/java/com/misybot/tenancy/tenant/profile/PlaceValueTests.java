package com.misybot.tenancy.tenant.profile;

import static com.misybot.tenancy.tenant.profile.Refusals.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceValueTests {

    @ParameterizedTest
    @CsvSource({"BR, BR", "de, DE", "iD, ID", "XK, XK"})
    void knowsCountries(String given, String canonical) {
        assertThat(new CountryCode(given).value()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "D", "DEU", "276", "XX", "ZZ", "UK", "EU", "AN", "SU", "D\u0130", "d\u0131", "ＤＥ", "DE "})
    void refusesOtherCountries(String given) {
        refuses(() -> new CountryCode(given), "country_unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "pt-BR, pt-BR",
        "PT-br, pt-BR",
        "en, en",
        "zh-hant-tw, zh-Hant-TW",
        "es-419, es-419",
        "iw, he",
        "zh-cmn-Hans, zh-Hans",
        "sr-Latn-RS, sr-Latn-RS",
        "ca-valencia, ca-valencia",
        "de-CH-1996, de-CH-1996",
        "ID, id",
        "fil, fil",
    })
    void knowsLanguages(String given, String canonical) {
        assertThat(new LanguageTag(given).value()).isEqualTo(canonical);
        assertThat(new LanguageTag(canonical).value()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "'', format",
        "en_US, format",
        "e, format",
        "en-, format",
        "-en, format",
        "en--US, format",
        "en-US-, format",
        "' en', format",
        "'en\u0000', format",
        "portuguese-Brazil-and-more, format",
        "sl-Latn-IT-1994-biske-fonipa-nedis-rozaj, format",
        "de-DE-u-co-phonebk, format",
        "en-posix, format",
        "en-x-misy, format",
        "x-misy, format",
        "pt-BR-pt-BR, format",
        "ｅｎ, format",
        "*, format",
        "xx, language_unknown",
        "und, language_unknown",
        "und-BR, language_unknown",
        "root, language_unknown",
        "en-XX, language_unknown",
        "en-Abcd, language_unknown",
        "pt-BR-abcde, language_unknown",
        "english, language_unknown",
    })
    void refusesOtherLanguages(String given, String code) {
        refuses(() -> new LanguageTag(given), code);
    }

    @ParameterizedTest
    @CsvSource({
        "America/Sao_Paulo, America/Sao_Paulo",
        "America/Argentina/Buenos_Aires, America/Argentina/Buenos_Aires",
        "America/Port-au-Prince, America/Port-au-Prince",
        "Asia/Calcutta, Asia/Kolkata",
        "Europe/Kiev, Europe/Kyiv",
        "US/Eastern, America/New_York",
        "Japan, Asia/Tokyo",
        "UTC, Etc/UTC",
        "Etc/UTC, Etc/UTC",
    })
    void knowsTimeZones(String given, String canonical) {
        assertThat(new TimeZoneId(given).value()).isEqualTo(canonical);
        assertThat(ZoneId.of(canonical)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "+03:00",
                "GMT",
                "GMT0",
                "GMT+3",
                "UTC+3",
                "Etc/GMT+3",
                "Etc/GMT",
                "SystemV/AST4",
                "SystemV/AST4ADT",
                "EST",
                "EST5EDT",
                "CET",
                "MST",
                "America/sao_paulo",
                "europe/berlin",
                "EUROPE/BERLIN",
                "Europe/Nowhere",
                "Etc/Unknown",
                "Europe/../Berlin",
                "Europe/Berlin ",
                "Europe/Berlin\n",
                "Europe",
                "Factory",
                "posix/Europe/Berlin"
            })
    void refusesOtherTimeZones(String given) {
        refuses(() -> new TimeZoneId(given), "time_zone_unknown");
    }

    @Test
    void acceptsEveryPlaceTheJdkKnowsAndKeepsItsMeaning() {
        var places = ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.matches("(Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*"))
                .toList();
        assertThat(places).hasSizeGreaterThan(400).allSatisfy(id -> {
            var canonical = new TimeZoneId(id).value();
            assertThat(new TimeZoneId(canonical).value()).isEqualTo(canonical);
        });
    }

    @Test
    void acceptsEveryCountryTheJdkKnows() {
        assertThat(Locale.getISOCountries())
                .allSatisfy(code -> assertThat(new CountryCode(code).value()).isEqualTo(code));
    }
}
