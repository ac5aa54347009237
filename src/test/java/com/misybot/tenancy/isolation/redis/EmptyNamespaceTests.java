package com.misybot.tenancy.isolation.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.web.ProblemException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EmptyNamespaceTests {

    @Test
    void goesOnUntilTwoPassesInTurnHaveFoundNothing() {
        var finds = new ArrayDeque<>(List.of(3L, 0L, 1L, 0L, 0L, 7L));

        EmptyNamespace.untilNothingIsFound(finds::remove);

        assertThat(finds).containsExactly(7L);
    }

    @Test
    void givesUpWhereSomebodyWritesAsFastAsItIsEmptied() {
        var passes = new AtomicInteger();

        assertThatThrownBy(() -> EmptyNamespace.untilNothingIsFound(passes::incrementAndGet))
                .isInstanceOf(ProblemException.class);

        assertThat(passes).hasValue(100);
    }
}
