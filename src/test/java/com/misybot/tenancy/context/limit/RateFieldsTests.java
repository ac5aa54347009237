package com.misybot.tenancy.context.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.misybot.tenancy.kernel.Actor;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateFieldsTests {

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "999, 1", "1000, 1", "1001, 2", "2000, 2"})
    void aRefusalSaysInWholeSecondsWhenToComeBackAndNeverTooSoon(long millis, long seconds) {
        var refusal =
                RateFields.refusal("resolve", 200, Duration.ofMillis(millis)).problem();

        assertThat(refusal.code().status().value()).isEqualTo(429);
        assertThat(refusal.headers())
                .containsEntry("Retry-After", Long.toString(seconds))
                .containsEntry("RateLimit-Policy", "\"resolve\";q=200;w=1")
                .containsEntry("RateLimit", "\"resolve\";r=0;t=" + seconds);
    }

    @Test
    void aKindOfCallerHasARateOfItsOwnWhereOneIsSet() {
        var settings = new LimitSettings(100, Map.of(Actor.Kind.TENANT, 7), 10);

        assertThat(settings.callerRate(Actor.Kind.TENANT)).isEqualTo(7);
        assertThat(settings.callerRate(Actor.Kind.SERVICE)).isEqualTo(100);
        assertThatIllegalArgumentException().isThrownBy(() -> new LimitSettings(100, Map.of(Actor.Kind.TENANT, 0), 10));
    }
}
