package com.misybot.tenancy.context.session;

import com.misybot.tenancy.context.redis.RedisDoor;
import com.misybot.tenancy.kernel.RedisKeys;
import com.misybot.tenancy.keyring.TenantKeyId;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScoredValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The ids of the live sessions of a tenant by their expiry. An id may outlive its session by a moment, never the other way round. */
@Component
class SessionIndex {

    private final RedisDoor redis;

    SessionIndex(RedisDoor redis) {
        this.redis = redis;
    }

    /** Where an id stands. */
    record Position(long expiry, String id) implements Comparable<Position> {

        @Override
        public int compareTo(Position other) {
            return expiry == other.expiry ? id.compareTo(other.id) : Long.compare(expiry, other.expiry);
        }
    }

    /** How many there are. */
    long count(UUID tenant, long epoch, Instant now) {
        return SessionStore.asked(() -> redis.<Long>call(
                commands -> commands.zcount(RedisKeys.sessions(tenant, epoch), from(now.toEpochMilli() + 1))));
    }

    /** The next ids, those that expire first before the others: an id that is used meanwhile may come again, none is left out. */
    List<Position> next(UUID tenant, long epoch, Instant now, @Nullable Position after, int limit) {
        var key = RedisKeys.sessions(tenant, epoch);
        var from = from(after == null ? now.toEpochMilli() + 1 : after.expiry());
        var found = new ArrayList<Position>(limit);
        for (var offset = 0; found.size() < limit; offset += limit) {
            var skipped = offset;
            var some = SessionStore.asked(() -> redis.<List<ScoredValue<String>>>call(
                    commands -> commands.zrangebyscoreWithScores(key, from, Limit.create(skipped, limit))));
            some.stream()
                    .map(one -> new Position((long) one.getScore(), one.getValue()))
                    .filter(one -> TenantKeyId.isRecord(one.id()))
                    .filter(one -> after == null || one.compareTo(after) > 0)
                    .limit(limit - found.size())
                    .forEach(found::add);
            if (some.size() < limit) {
                break;
            }
        }
        return found;
    }

    private static Range<Long> from(long expiry) {
        return Range.from(Range.Boundary.including(expiry), Range.Boundary.unbounded());
    }
}
