package com.misybot.tenancy.tenant.profile;

import static com.misybot.tenancy.tenant.profile.Refusals.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class LabelsAndSettingsTests {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    void keepsLabelsSortedAndNormalised() {
        var labels = new Labels(Map.of("team", " Cafe\u0301 ", "a/b.c_d-e", "", "0", "x"));
        assertThat(labels.pairs())
                .containsExactly(Map.entry("0", "x"), Map.entry("a/b.c_d-e", ""), Map.entry("team", "Caf\u00e9"));
        assertThat(new Labels(labels.pairs())).isEqualTo(labels);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> labels.pairs().put("b", "c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Team", "_a", "-a", "a b", "a:b", "ä", "a\n", "tea\u0131m"})
    void refusesOtherKeysOfLabels(String key) {
        refuses(() -> new Labels(Map.of(key, "x")), "label_key");
    }

    @Test
    void boundsLabels() {
        var pairs = new TreeMap<String, String>();
        for (var i = 0; i < 64; i++) {
            pairs.put("k" + i, "x".repeat(256));
        }
        assertThat(new Labels(pairs).pairs()).hasSize(64);
        pairs.put("k64", "x");
        refuses(() -> new Labels(pairs), "too_many");
        assertThat(new Labels(Map.of("k".repeat(63), "x")).pairs()).hasSize(1);
        refuses(() -> new Labels(Map.of("k".repeat(64), "x")), "label_key");
        refuses(() -> new Labels(Map.of("k", "x".repeat(257))), "too_long");
        refuses(() -> new Labels(Map.of("k", "a\u0000b")), "character");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|{}",
                "{ \"b\" : 1, \"a\" : { \"d\":null, \"c\":[true,false,\"x\"] } }|{\"a\":{\"c\":[true,false,\"x\"],\"d\":null},\"b\":1}",
                "{\"n\":1e3}|{\"n\":1000}",
                "{\"n\":1.10}|{\"n\":1.10}",
                "{\"n\":-0.0}|{\"n\":0.0}",
                "{\"n\":1E-7}|{\"n\":0.0000001}",
                "{\"n\":0.1234567890123456789012345678901234567890}|{\"n\":0.1234567890123456789012345678901234567890}",
                "{\"n\":123456789012345678901234567890}|{\"n\":123456789012345678901234567890}",
                "{\"\":\"ä🦷\\u0001\"}|{\"\":\"ä🦷\\u0001\"}",
            })
    void keepsSettingsInOneText(String given, String canonical) {
        var settings = Settings.of(object(given));
        assertThat(settings).hasToString(canonical);
        assertThat(Settings.of(object(canonical))).isEqualTo(settings).hasSameHashCodeAs(settings);
    }

    @Test
    void handsOutCopies() {
        var given = object("{\"a\":{\"b\":1}}");
        var settings = Settings.of(given);
        given.put("c", 2);
        settings.toJson().put("d", 3);
        assertThat(settings).hasToString("{\"a\":{\"b\":1}}");
        assertThat(settings.toJson().has("d")).isFalse();
        assertThat(Settings.of(object("{\"n\":1e3}")).toJson().path("n").decimalValue())
                .hasToString("1000");
        assertThat(Settings.NONE).hasToString("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"x\\u0000\"}",
                "{\"x\\u0000\":1}",
                "{\"a\":[{\"b\":\"\\u0000\"}]}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00x\"}",
                "{\"\\ud83d\":1}"
            })
    void refusesWhatPostgresqlCannotKeep(String given) {
        refuses(() -> Settings.of(object(given)), "character");
    }

    @Test
    void refusesWhatIsNoNumber() {
        refuses(() -> Settings.of(JsonNodeFactory.instance.objectNode().put("n", Double.NaN)), "number");
        refuses(() -> Settings.of(JsonNodeFactory.instance.objectNode().put("n", Double.NEGATIVE_INFINITY)), "number");
        refuses(() -> Settings.of(JsonNodeFactory.instance.objectNode().put("n", Float.NaN)), "number");
        refuses(() -> Settings.of(JsonNodeFactory.instance.objectNode().put("n", new byte[1])), "format");
        refuses(() -> Settings.of(JsonNodeFactory.instance.objectNode().putPOJO("n", new Object())), "format");
    }

    @Test
    void measuresBytesOfTheCanonicalText() {
        var frame = "{\"a\":\"\"}".length();
        assertThat(Settings.of(text("x".repeat(16_384 - frame))).toString()).hasSize(16_384);
        refuses(() -> Settings.of(text("x".repeat(16_385 - frame))), "too_long");
        refuses(() -> Settings.of(text("ä".repeat(8_190))), "too_long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999", "1e999999999", "-1e999999999", "1e-999999999", "1e61", "1e-61"})
    void refusesNumbersThatAreLongWhenWrittenOut(String number) {
        refuses(() -> Settings.of(object("{\"n\":" + number + "}")), "number");
    }

    @Test
    void measuresNumbersWrittenOut() {
        refuses(() -> Settings.of(object("{\"n\":[" + "1e50,".repeat(1_000) + "1]}")), "too_long");
    }

    @Test
    void boundsDepth() {
        assertThat(Settings.of(object(nested(32)))).hasToString(nested(32));
        refuses(() -> Settings.of(object(nested(33))), "too_deep");
        refuses(() -> Settings.of(object("{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}")), "too_deep");
    }

    private static String nested(int depth) {
        return "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
    }

    private static ObjectNode text(String value) {
        return JsonNodeFactory.instance.objectNode().put("a", value);
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) JSON.readTree(json);
    }
}
