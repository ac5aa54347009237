package com.misybot.tenancy.context.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.context.redis.RedisAwayException;
import com.misybot.tenancy.context.redis.RedisDoor;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.RedisKeys;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.tenant.Quota;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Tells once an hour, by all instances together, that a count has come to 80 % of its limit. Nothing is refused for it. */
@Component
public class QuotaNotice {

    private static final Logger LOG = LoggerFactory.getLogger(QuotaNotice.class);
    private static final Cause CAUSE = Cause.of(Actor.system("limits"));
    private static final Duration ONCE_IN = Duration.ofHours(1);
    private static final int REMEMBERED = 10_000;

    private record Told(UUID tenant, String limit) {}

    /** So that Redis is not asked at every use beyond the mark. */
    private final Cache<Told, Boolean> lately = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    private final RedisDoor redis;
    private final ScopedTransactions transactions;
    private final ApplicationEventPublisher publisher;

    QuotaNotice(RedisDoor redis, ScopedTransactions transactions, ApplicationEventPublisher publisher) {
        this.redis = redis;
        this.transactions = transactions;
        this.publisher = publisher;
    }

    /**
     * Tells it where it is so and was not told lately. Never fails: what is counted goes on without. Call it outside of a
     * transaction of another scope.
     *
     * @param limit its name, such as {@code sessions}
     * @param used how many there are now
     * @param most how many there may be
     */
    public void counted(UUID tenant, String limit, long used, long most) {
        if (used * 5 < most * 4 || most == 0) {
            return;
        }
        var told = new Told(tenant, limit);
        if (lately.asMap().putIfAbsent(told, true) == null) {
            try {
                tellOnce(tenant, limit);
            } catch (RedisAwayException | DataAccessException | TransactionException e) {
                lately.invalidate(told);
                LOG.warn("That {} comes near its limit could not be told", limit, e);
            }
        }
    }

    private void tellOnce(UUID tenant, String limit) {
        var key = RedisKeys.quotaNotice(tenant, limit);
        var first = redis.call(
                commands -> commands.set(key, "1", SetArgs.Builder.nx().ex(ONCE_IN)));
        if (first == null) {
            return;
        }
        try {
            transactions.change(Scope.tenant(tenant), () -> {
                tell(tenant, limit);
                return true;
            });
        } catch (DataAccessException | TransactionException e) {
            redis.send(commands -> commands.del(key));
            throw e;
        }
    }

    private void tell(UUID tenant, String limit) {
        publisher.publishEvent(new Change(
                UuidCreator.getTimeOrderedEpoch(),
                tenant,
                Quota.APPROACHED,
                limit,
                new TreeMap<>(),
                CAUSE,
                transactions.now()));
    }
}
