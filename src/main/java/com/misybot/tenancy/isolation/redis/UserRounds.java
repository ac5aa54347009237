package com.misybot.tenancy.isolation.redis;

import com.misybot.tenancy.isolation.redis.AdminRedis.RedisAdminException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Puts the users of tenants back where a node has come up without them: each second the nodes are asked whether they are still the
 * same, once in a while all users are compared. Every instance does it; twice is as good as once.
 */
@Component
class UserRounds implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(UserRounds.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final AdminRedis redis;
    private final RedisUsers users;
    private final RedisIsolationSettings settings;
    private Set<String> runs = Set.of();
    private long comparedAt;
    private volatile @Nullable ScheduledExecutorService rounds;

    UserRounds(AdminRedis redis, RedisUsers users, RedisIsolationSettings settings) {
        this.redis = redis;
        this.users = users;
        this.settings = settings;
    }

    private void round() {
        try {
            var now = redis.nodes().stream().map(RedisNode::run).collect(Collectors.toSet());
            var age = Duration.ofNanos(System.nanoTime() - comparedAt);
            if (now.equals(runs) && age.compareTo(settings.interval()) < 0) {
                return;
            }
            var corrected = users.bringAll();
            if (corrected > 0) {
                LOG.info("{} users of tenants were put right in Redis", corrected);
            }
            runs = now;
            comparedAt = System.nanoTime();
        } catch (RedisAdminException e) {
            LOG.debug("The users of tenants wait for Redis", e);
        } catch (RuntimeException e) {
            LOG.debug("The users of tenants wait for the database", e);
        }
    }

    @Override
    public void start() {
        if (redis.isConfigured() && settings.acl()) {
            var executor = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("redis-users").factory());
            var _ = executor.scheduleWithFixedDelay(this::round, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
            rounds = executor;
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
}
