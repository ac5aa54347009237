package com.misybot.tenancy.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ProvisioningSettingsTests {

    private static final RandomGenerator SOON = () -> 0L;

    private final ProvisioningSettings settings = settings(Duration.ofSeconds(1));

    private static ProvisioningSettings settings(Duration first) {
        return new ProvisioningSettings(
                20, first, Duration.ofMinutes(1), 20, Duration.ofMinutes(10), Duration.ofSeconds(10));
    }

    @Test
    void waitsTwiceAsLongEachTimeGiveOrTakeAFifth() {
        assertThat(settings.delayAfter(1, Duration.ZERO, SOON)).isEqualTo(Duration.ofMillis(800));
        assertThat(settings.delayAfter(3, Duration.ZERO, SOON)).isEqualTo(Duration.ofMillis(3_200));
        var random = RandomGenerator.of("L64X128MixRandom");
        for (var i = 0; i < 100; i++) {
            assertThat(settings.delayAfter(2, Duration.ZERO, random))
                    .isBetween(Duration.ofMillis(1_600), Duration.ofMillis(2_400));
        }
    }

    @Test
    void waitsNoLongerThanTheLongestUnlessTheStepAsksForIt() {
        assertThat(settings.delayAfter(1_000, Duration.ZERO, SOON)).isEqualTo(Duration.ofSeconds(48));
        assertThat(settings.delayAfter(1, Duration.ofMinutes(10), SOON)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> settings(Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tenancy.provisioning.first-delay");
    }
}
