package com.misybot.tenancy.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.security.access.Accepted;
import com.misybot.tenancy.security.access.Authority;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallersTests {

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger looks = new AtomicInteger();
    private final String token = Token.issue(Token.Kind.OPERATOR, "0Az9Zz5q2W7E", new SecureRandom())
            .secret()
            .value();

    private Optional<Accepted> answer = accepted(null);
    private Duration lookTakes = Duration.ZERO;

    private final Callers callers =
            new Callers(_ -> look(), _ -> Optional.empty(), jwt -> jwt.startsWith("ey"), _ -> look(), now::get);

    private Optional<Accepted> look() {
        looks.incrementAndGet();
        var found = answer;
        pass(lookTakes);
        return found;
    }

    @Test
    void looksAKeyUpOnceASecond() {
        assertThat(callers.with(token)).isPresent();
        pass(Duration.ofMillis(999));
        assertThat(callers.with(token)).isPresent();
        assertThat(looks).hasValue(1);

        pass(Duration.ofMillis(1));
        assertThat(callers.with(token)).isPresent();
        assertThat(looks).hasValue(2);
    }

    @Test
    void oneLookFailsForAllWhoWaitForIt() throws Exception {
        var release = new CountDownLatch(1);
        var failing = new Callers(
                _ -> {
                    looks.incrementAndGet();
                    await(release);
                    throw new IllegalStateException("down");
                },
                _ -> Optional.empty(),
                _ -> false,
                _ -> Optional.empty(),
                now::get);
        var waiting = Stream.generate(() -> new FutureTask<>(() -> failing.with(token)))
                .limit(8)
                .toList();
        var threads = waiting.stream().map(Thread.ofVirtual()::start).toList();
        Awaitility.await().until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        release.countDown();

        for (var one : waiting) {
            assertThatThrownBy(one::get).hasRootCauseMessage("down");
        }
        assertThat(looks).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void countsTheSecondFromBeforeTheLook() {
        lookTakes = Duration.ofMillis(700);
        callers.with(token);
        answer = Optional.empty();

        pass(Duration.ofMillis(299));
        assertThat(callers.with(token)).isPresent();
        pass(Duration.ofMillis(1));
        assertThat(callers.with(token)).as("1 s after the first look began").isEmpty();
    }

    @Test
    void remembersRefusalsNoLonger() {
        answer = Optional.empty();
        assertThat(callers.with(token)).isEmpty();
        answer = accepted(null);
        assertThat(callers.with(token)).isEmpty();

        pass(Duration.ofSeconds(1));
        assertThat(callers.with(token)).isPresent();
    }

    @Test
    void forgetsACredentialTheMomentItEnds() {
        answer = accepted(Duration.ofMillis(400));
        callers.with(token);
        answer = Optional.empty();

        pass(Duration.ofMillis(399));
        assertThat(callers.with(token)).isPresent();
        pass(Duration.ofMillis(1));
        assertThat(callers.with(token)).isEmpty();
    }

    @Test
    void refusesATypoWithoutALook() {
        assertThat(callers.with(token.substring(0, token.length() - 1) + "_")).isEmpty();
        assertThat(callers.with("misy_")).isEmpty();
        assertThat(callers.with("something else")).isEmpty();
        assertThat(looks).hasValue(0);
    }

    @Test
    void asksTheIssuerAboutJwts() {
        assertThat(callers.with("eyJ.eyJ.x")).isPresent();
        assertThat(callers.with("eyJ.eyJ.x")).isPresent();
        assertThat(looks).hasValue(1);
    }

    @Test
    void keepsNothingWhereTheLookFails() {
        var failing = new Callers(
                _ -> {
                    looks.incrementAndGet();
                    throw new IllegalStateException("no database");
                },
                _ -> Optional.empty(),
                _ -> false,
                _ -> Optional.empty(),
                now::get);

        for (var i = 0; i < 2; i++) {
            try {
                failing.with(token);
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("no database");
            }
        }
        assertThat(looks).hasValue(2);
    }

    private static Optional<Accepted> accepted(@Nullable Duration timeLeft) {
        var caller = new Caller(new Actor(Actor.Kind.OPERATOR, "anna"), Set.of("tenants:read"), Reach.all());
        return Optional.of(new Accepted(caller, new Authority(Set.of(), Reach.all(), List.of()), timeLeft));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
