package com.misybot.tenancy.context.limit;

import com.misybot.tenancy.context.redis.ForeignValues;
import com.misybot.tenancy.context.redis.RedisAwayException;
import com.misybot.tenancy.context.redis.RedisDoor;
import com.misybot.tenancy.context.redis.RedisScript;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Rates in Redis, by its clock: one key each, and one script that reads and writes it. */
@Component
class SharedGrants {

    private static final RedisScript<List<Object>> LEASE = RedisScript.values(SharedGrants.class, "lease.lua");

    private final RedisDoor redis;
    private final ForeignValues foreign;
    private final Supplier<String> now;

    @Autowired
    SharedGrants(RedisDoor redis, ForeignValues foreign) {
        this(redis, foreign, () -> "");
    }

    /**
     * Rates by another clock.
     *
     * @param now milliseconds since 1970; an empty text for the clock of Redis
     */
    SharedGrants(RedisDoor redis, ForeignValues foreign, Supplier<String> now) {
        this.redis = redis;
        this.foreign = foreign;
        this.now = now;
    }

    /**
     * Asks for a part of what a rate allows.
     *
     * @param tenant whose rate it is; null for that of a caller
     * @return null where Redis does not answer
     */
    Grants.@Nullable Grant ask(String key, @Nullable UUID tenant, int budget, int wanted, List<Grants.Rest> rests) {
        if (!redis.isConfigured()) {
            return null;
        }
        var arguments = new ArrayList<>(List.of(Integer.toString(budget), Integer.toString(wanted), now.get()));
        for (var rest : rests) {
            arguments.add(rest.slot());
            arguments.add(Integer.toString(rest.count()));
        }
        try {
            var answer = redis.script(LEASE, new RedisScript.Call(List.of(key), arguments));
            if (number(answer, 5) == 1) {
                foreign.found(key, tenant);
            }
            return new Grants.Grant(
                    (int) number(answer, 0),
                    number(answer, 1),
                    (String) answer.get(2),
                    (int) number(answer, 3),
                    number(answer, 4));
        } catch (RedisAwayException _) {
            return null;
        }
    }

    private static long number(List<Object> answer, int index) {
        return (Long) answer.get(index);
    }
}
