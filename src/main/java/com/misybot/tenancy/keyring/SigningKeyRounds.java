package com.misybot.tenancy.keyring;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Has the signing keys looked after: once before the service takes requests, then every few seconds. */
final class SigningKeyRounds implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SigningKeyRounds.class);

    private static final Duration ROUND = Duration.ofSeconds(5);

    private final SigningKeys keys;
    private volatile @Nullable ScheduledExecutorService rounds;

    SigningKeyRounds(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public void start() {
        keys.check();
        var executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("signing-keys").factory());
        var _ = executor.scheduleWithFixedDelay(this::round, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
        rounds = executor;
    }

    private void round() {
        try {
            keys.check();
        } catch (RuntimeException e) {
            // The keys in memory are good for hours; another round comes
            log.debug("Signing keys wait for the database", e);
        }
    }

    @Override
    public void stop() {
        var executor = rounds;
        if (executor != null) {
            executor.shutdown();
            rounds = null;
        }
    }

    @Override
    public boolean isRunning() {
        return rounds != null;
    }

    /** Starts before the web server and stops after it. */
    @Override
    public int getPhase() {
        return 0;
    }
}
