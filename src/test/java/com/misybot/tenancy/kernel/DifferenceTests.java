package com.misybot.tenancy.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DifferenceTests {

    /** What a settings record looks like. */
    public record Sample(int number, @Nullable String nothing, List<String> words) {}

    @Test
    void writesEqualValuesAlike() {
        assertThat(CanonicalJson.of(Map.of("b", 1, "a", List.of(true, new BigDecimal("1E+2")))))
                .isEqualTo("{\"a\":[true,100],\"b\":1}");
        assertThat(CanonicalJson.of(new Sample(7, null, List.of()))).isEqualTo("{\"number\":7,\"words\":[]}");
        assertThat(CanonicalJson.of(Set.of("c", "a", "b"))).isEqualTo("[\"a\",\"b\",\"c\"]");
        assertThat(CanonicalJson.of(Instant.EPOCH)).isEqualTo("\"1970-01-01T00:00:00Z\"");
        assertThat(CanonicalJson.of(Arrays.asList(null, Map.of()))).isEqualTo("[null,{}]");
    }

    @Test
    void keepsATextOnOneLine() {
        assertThat(CanonicalJson.of("a\"b\\c\nd\u0001é\u2028")).isEqualTo("\"a\\\"b\\\\c\\nd\\u0001é\u2028\"");
    }

    @Test
    void tellsNothingOfWhatIsMasked() {
        assertThat(Difference.MASKED.before()).isNull();
        assertThatThrownBy(() -> new Difference("1", null, true)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Difference.of(null, 5)).isEqualTo(Difference.ofJson(null, "5"));
    }
}
