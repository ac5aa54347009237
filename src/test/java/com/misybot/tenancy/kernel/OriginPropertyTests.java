package com.misybot.tenancy.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every origin there is, tried on texts made from the letters that are known to cause trouble. */
class OriginPropertyTests {

    private static final String[] PIECES = {
        "a",
        "B",
        "z",
        "0",
        "9",
        "-",
        "--",
        ".",
        ".",
        "*.",
        ":",
        "443",
        "80",
        "xn--",
        "XN--",
        "strae-oqa",
        "bcher-kva",
        "com",
        "example",
        "github.io",
        "co.uk",
        "localhost",
        "ü",
        "Ü",
        "u\u0308",
        "ß",
        "ẞ",
        "ς",
        "σ",
        "Σ",
        "i",
        "I",
        "İ",
        "ı",
        "\u212a",
        "ſ",
        "ａ",
        "。",
        "．",
        "\u00ad",
        "\u200d",
        "\u200c",
        "\u2024",
        "例",
        "え",
        "א",
        "1",
        "ع",
        "क्",
        "ष",
        "Ꭰ",
        "ꭰ",
        "ⓐ",
        "ﬁ",
        "\ud83d\ude00",
        "\ud83d",
        "_",
        "@",
        "/",
        "?",
        "#",
        "[",
        "]",
        "%",
        " ",
        "\u0000",
        "0x7f",
        "\u0345",
        "\u0378"
    };

    @Test
    void canonicalTextIsAsciiAndReadsBackAsItself() {
        var accepted = accepted(60_000).peek(origin -> {
            assertThat(origin.toString()).matches("https?://(\\*\\.)?[a-z0-9.-]{1,253}(:[1-9][0-9]{0,4})?");
            assertThat(Origin.of(origin.toString(), true)).isEqualTo(origin).hasToString(origin.toString());
            assertThat(new HostName(origin.host()).value()).isEqualTo(origin.host());
        });
        assertThat(accepted.count()).as("origins tried").isGreaterThan(2_000);
    }

    @Test
    void aPageMatchesItselfAndAWildcardItsChildrenAlone() {
        accepted(30_000).forEach(origin -> {
            assertThat(origin.matches(origin)).isEqualTo(!origin.isWildcard());
            if (origin.isWildcard()) {
                var port = ":" + origin.port();
                assertThat(origin.matches(Origin.of("https://" + origin.host() + port)))
                        .isFalse();
                assertThat(origin.matches(Origin.of("https://w." + origin.host() + port)))
                        .isTrue();
                assertThat(origin.matches(Origin.of("https://a.w." + origin.host() + port)))
                        .isFalse();
                assertThat(origin.matches(Origin.of("https://w" + origin.host() + port)))
                        .isFalse();
            }
        });
    }

    private static Stream<Origin> accepted(int tries) {
        var random = new Random(20260101);
        return IntStream.range(0, tries).mapToObj(_ -> read(text(random))).flatMap(Optional::stream);
    }

    /** Everything but a value of this type or a refusal is a defect, so nothing else is caught. */
    private static Optional<Origin> read(String text) {
        try {
            return Optional.of(Origin.of(text, true));
        } catch (InvalidValue _) {
            return Optional.empty();
        }
    }

    private static String text(Random random) {
        var host = IntStream.range(0, 1 + random.nextInt(6))
                .mapToObj(_ -> PIECES[random.nextInt(PIECES.length)])
                .collect(Collectors.joining());
        return (random.nextInt(20) == 0 ? "http://" : "https://")
                + (random.nextInt(4) == 0 ? "*." : "")
                + host
                + (random.nextBoolean() ? ".example" : "")
                + (random.nextInt(5) == 0 ? ":" + random.nextInt(70_000) : "");
    }
}
