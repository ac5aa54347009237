package com.misybot.tenancy.event.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryScheduleTests {

    private static final List<String> PROMISED =
            List.of("PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H");

    private final Instant now = Instant.parse("2026-11-27T12:00:00Z");

    /** Chance that is always the same. */
    private static RetrySchedule always(double chance) {
        return new RetrySchedule(new RandomGenerator() {
            @Override
            public double nextDouble() {
                return chance;
            }

            @Override
            public long nextLong() {
                return 0;
            }
        });
    }

    @Test
    void isThatOfStandardWebhooks() {
        var schedule = always(0.5);
        for (var attempt = 1; attempt <= PROMISED.size(); attempt++) {
            assertThat(schedule.after(attempt, null)).contains(Duration.parse(PROMISED.get(attempt - 1)));
        }
        assertThat(schedule.after(PROMISED.size() + 1, null)).isEmpty();
    }

    @Test
    void takesThreeDaysAtLeastWhateverChanceSays() {
        for (var chance : new double[] {0, 0.5, 0.999}) {
            var whole = Duration.ZERO;
            for (var attempt = 1; attempt <= PROMISED.size(); attempt++) {
                var delay = always(chance).after(attempt, null).orElseThrow();
                var promised = Duration.parse(PROMISED.get(attempt - 1)).toMillis();
                assertThat(delay.toMillis()).isBetween(promised * 9 / 10, promised * 11 / 10);
                whole = whole.plus(delay);
            }
            assertThat(whole).isBetween(Duration.ofHours(68), Duration.ofHours(84));
        }
    }

    @ParameterizedTest
    @CsvSource({"PT1S, PT5S", "PT2M, PT2M", "PT24H, PT24H", "P30D, PT24H"})
    void comesLaterWhereItIsAskedToAndNeverSooner(Duration asked, Duration delay) {
        assertThat(always(0.5).after(1, asked)).contains(delay);
    }

    @ParameterizedTest
    @CsvSource({
        "120, PT2M",
        "'Fri, 27 Nov 2026 12:01:00 GMT', PT1M",
        "999999999, PT277777H46M39S",
    })
    void readsBothFormsOfRetryAfter(String header, Duration delay) {
        assertThat(RetryAfter.parse(header, now)).isEqualTo(delay);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "soon", "", "1.5", "99999999999", "Fri, 27 Nov 2026 11:00:00 GMT", "٣"})
    void takesNothingElseForRetryAfter(String header) {
        assertThat(RetryAfter.parse(header, now)).isNull();
    }
}
