package com.misybot.tenancy.tenant.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.kernel.Origin;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.kernel.TenantId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine's language decides nothing: Turkish and Azeri lower {@code I} to a letter without a dot, Lithuanian adds dots. */
class LocaleIndependenceTests {

    private static final Locale BEFORE = Locale.getDefault();

    private static final Map<String, UnaryOperator<String>> TYPES = Map.ofEntries(
            Map.entry("origin", text -> Origin.of(text).toString()),
            Map.entry("tenantId", text -> new TenantId(text).value()),
            Map.entry("siteId", text -> new SiteId(text).value()),
            Map.entry("name", text -> new BusinessName(text).value()),
            Map.entry("e-mail", text -> new EmailAddress(text).value()),
            Map.entry("phone", text -> new PhoneNumber(text).value()),
            Map.entry("country", text -> new CountryCode(text).value()),
            Map.entry("language", text -> new LanguageTag(text).value()),
            Map.entry("time zone", text -> new TimeZoneId(text).value()),
            Map.entry("website", text -> new Website(text).value()),
            Map.entry("externalId", text -> new ExternalId(text).canonical()),
            Map.entry("plan", text -> new PlanId(text).value()),
            Map.entry("permission", text -> new Permission(text).value()),
            Map.entry("label", text -> new Labels(Map.of("k", text)).pairs().toString()));

    private static final List<String> TEXTS = List.of(
            "HTTPS://IGDIR.EXAMPLE:443",
            "https://*.IIÌ.example",
            "https://İstanbul.example",
            "https://ısparta.example",
            "INFO@IGDIR.EXAMPLE",
            "+442079460000",
            "id",
            "ID",
            "İD",
            "is",
            "EN-IN",
            "IT-it",
            "az-Latn-AZ",
            "ASIA/ISTANBUL",
            "Asia/Istanbul",
            "Europe/Istanbul",
            "HTTP://IGDIR.EXAMPLE/I",
            "I",
            "i",
            "İ",
            "ı",
            "Ì",
            "Į\u0301",
            "PRICING",
            "pricing",
            "IIII");

    @AfterEach
    void restore() {
        Locale.setDefault(BEFORE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "az", "lt", "ar-EG", "th-TH-u-nu-thai", "de-DE"})
    void everyTypeReadsTheSame(String language) {
        Locale.setDefault(Locale.ROOT);
        var expected = readings();
        Locale.setDefault(Locale.forLanguageTag(language));
        assertThat(readings()).isEqualTo(expected).hasSize(TYPES.size() * TEXTS.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "az", "lt"})
    void capitalIIsLoweredAsInAscii(String language) {
        Locale.setDefault(Locale.forLanguageTag(language));
        assertThat(Origin.of("HTTPS://IGDIR.EXAMPLE")).hasToString("https://igdir.example");
        assertThat(new CountryCode("id").value()).isEqualTo("ID");
        assertThat(new LanguageTag("ID-id").value()).isEqualTo("id-ID");
        assertThat(new ExternalId("ISIK").canonical()).isEqualTo("isik");
        assertThat(new Website("HTTPS://IGDIR.EXAMPLE/I").value()).isEqualTo("https://igdir.example/I");
    }

    private static List<String> readings() {
        return TYPES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(type ->
                        TEXTS.stream().map(text -> type.getKey() + " " + text + ": " + reading(type.getValue(), text)))
                .toList();
    }

    private static String reading(UnaryOperator<String> type, String text) {
        try {
            return type.apply(text);
        } catch (InvalidValue refused) {
            return "refused: " + refused.code();
        }
    }
}
