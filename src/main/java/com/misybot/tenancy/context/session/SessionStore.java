package com.misybot.tenancy.context.session;

import com.misybot.tenancy.context.redis.ForeignValues;
import com.misybot.tenancy.context.redis.RedisAwayException;
import com.misybot.tenancy.context.redis.RedisDoor;
import com.misybot.tenancy.context.redis.RedisScript;
import com.misybot.tenancy.kernel.RedisKeys;
import com.misybot.tenancy.keyring.TenantKeyId;
import io.lettuce.core.KeyValue;
import io.lettuce.core.ZAddArgs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Sessions in Redis: one hash each, which Redis itself ends in time, and for each epoch of a tenant an index by expiry. All that
 * is done at once is of one tenant and so of one slot. What was not written by this service under its key is no session, is
 * deleted and told as a security event.
 */
@Component
class SessionStore {

    private static final RedisScript<List<Object>> START = RedisScript.values(SessionStore.class, "start.lua");
    private static final RedisScript<List<Object>> READ = RedisScript.values(SessionStore.class, "read.lua");
    private static final RedisScript<Long> REPLACE = RedisScript.number(SessionStore.class, "replace.lua");
    private static final RedisScript<Long> END = RedisScript.number(SessionStore.class, "end.lua");

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final RedisDoor redis;
    private final SessionFormat format;
    private final ForeignValues foreign;
    private final Supplier<String> now;

    /** Whether Redis took the last extension: it may be read-only or full, and still answer. */
    private volatile boolean extending = true;

    @Autowired
    SessionStore(RedisDoor redis, SessionFormat format, ForeignValues foreign) {
        this(redis, format, foreign, () -> "");
    }

    /**
     * Counts starts by another clock.
     *
     * @param now milliseconds since 1970; an empty text for the clock of Redis
     */
    SessionStore(RedisDoor redis, SessionFormat format, ForeignValues foreign, Supplier<String> now) {
        this.redis = redis;
        this.format = format;
        this.foreign = foreign;
        this.now = now;
    }

    /**
     * What bounds a start.
     *
     * @param network where it comes from
     * @param startsPerMinute how many from there in any minute
     * @param live how many sessions of the tenant at once
     */
    record Bounds(String network, int startsPerMinute, int live) {}

    /** What became of a start; {@code pause} after too many from one network, {@code live} sessions where it was started. */
    record Start(Outcome outcome, Duration pause, long live) {

        enum Outcome {
            STARTED,
            TOO_MANY_STARTS,
            TOO_MANY_LIVE,
            ID_TAKEN
        }
    }

    /**
     * Refuses where there is no Redis.
     *
     * @throws com.misybot.tenancy.web.ProblemException 501 {@code sessions_off}
     */
    void requireOn() {
        if (!redis.isConfigured()) {
            throw SessionProblem.off();
        }
    }

    /** Starts a session within its bounds, all at once. */
    Start start(Session session, Instant now, Bounds bounds) {
        var written = format.write(session);
        var index = RedisKeys.sessions(session.tenant(), session.epoch());
        var answer = asked(() -> redis.script(
                START,
                new RedisScript.Call(
                        List.of(
                                RedisKeys.session(session.tenant(), session.id()),
                                index,
                                RedisKeys.limit(session.tenant(), "starts:" + bounds.network())),
                        List.of(
                                written.version(),
                                written.mac(),
                                written.value(),
                                session.id(),
                                millis(now),
                                millis(session.expiryFrom(now)),
                                millis(session.endsAt()),
                                Integer.toString(bounds.live()),
                                Integer.toString(bounds.startsPerMinute()),
                                Long.toString(WINDOW.toMillis()),
                                this.now.get()))));
        if (number(answer.get(2)) > 0) {
            foreign.found(index + " or one beside it", session.tenant());
        }
        return new Start(
                Start.Outcome.values()[(int) number(answer.get(0))],
                Duration.ofMillis(number(answer.get(1))),
                answer.size() > 3 ? number(answer.get(3)) : 0);
    }

    /** What was read while something else was done; {@code left} is how long Redis will keep the session. */
    record Beside<M extends @Nullable Object>(@Nullable Session session, Duration left, M other) {}

    private record Fields(List<KeyValue<String, String>> fields, long left) {}

    /** Reads a session in one round trip, and does other work while Redis answers. */
    <M extends @Nullable Object> Beside<M> read(TenantKeyId key, Supplier<M> work) {
        var name = RedisKeys.session(key.tenant(), key.record());
        try {
            var both = redis.<Fields, M>callBeside(
                    commands -> commands.hmget(name, SessionFormat.FIELDS)
                            .toCompletableFuture()
                            .thenCombine(commands.pttl(name), Fields::new),
                    work);
            var fields = both.answer().fields();
            var session =
                    believed(key.tenant(), key.record(), text(fields.get(0)), text(fields.get(1)), text(fields.get(2)));
            return new Beside<>(session, Duration.ofMillis(both.answer().left()), both.other());
        } catch (RedisAwayException e) {
            if (!e.isOfAnotherKind()) {
                throw SessionProblem.away();
            }
            remove(name, key.tenant());
            return new Beside<>(null, Duration.ZERO, work.get());
        }
    }

    /** Reads a session with the time it has left. */
    @Nullable
    LiveSession read(UUID tenant, String id, Instant now) {
        return readAll(tenant, List.of(id), now).getFirst();
    }

    /** Reads sessions in the order of their ids; null where there is none. */
    List<@Nullable LiveSession> readAll(UUID tenant, List<String> ids, Instant now) {
        var calls = ids.stream()
                .map(id -> RedisScript.Call.of(RedisKeys.session(tenant, id)))
                .toList();
        var answers = asked(() -> redis.scripts(READ, calls));
        var sessions = new java.util.ArrayList<@Nullable LiveSession>();
        for (var i = 0; i < ids.size(); i++) {
            var answer = answers.get(i);
            var session = believed(
                    tenant, ids.get(i), (String) answer.get(0), (String) answer.get(1), (String) answer.get(2));
            sessions.add(session == null ? null : live(session, now, number(answer.get(3))));
        }
        return sessions;
    }

    /** Nobody but this service takes the end off a session, or puts it beyond that of its value. */
    private static LiveSession live(Session session, Instant now, long left) {
        var end = now.plusMillis(left);
        return new LiveSession(session, left < 0 || end.isAfter(session.endsAt()) ? session.endsAt() : end);
    }

    /**
     * Begins the idle time of a session anew, of which Redis is told only where it keeps the session for less; nobody waits for
     * it. The session ends at the answer or a hundredth of its idle time later. Where Redis has refused the last extension of any
     * session, it is taken to refuse this one, and the answer is when the session ends without.
     *
     * @param kept until when Redis keeps it
     */
    Instant extend(Session session, Instant kept, Instant now) {
        var expiry = session.expiryFrom(now);
        if (kept.isBefore(expiry)) {
            keep(session, session.keptFrom(now), now);
            return extending ? expiry : kept;
        }
        return expiry;
    }

    private void keep(Session session, Instant end, Instant now) {
        var left = Duration.between(now, end).toMillis();
        redis.send(commands -> {
            var answer = commands.pexpire(RedisKeys.session(session.tenant(), session.id()), left);
            var _ = answer.whenComplete((_, refused) -> extending = refused == null);
            return answer;
        });
        redis.send(commands -> commands.zadd(
                RedisKeys.sessions(session.tenant(), session.epoch()),
                ZAddArgs.Builder.xx(),
                (double) end.toEpochMilli(),
                session.id()));
    }

    /** Replaces the version before this one; false where that is over. */
    boolean replace(Session next) {
        var written = format.write(next);
        return asked(() -> redis.script(
                        REPLACE,
                        RedisScript.Call.of(
                                RedisKeys.session(next.tenant(), next.id()),
                                Long.toString(next.version() - 1),
                                written.version(),
                                written.mac(),
                                written.value())))
                == 1;
    }

    /** Ends this version; false where it is over. */
    boolean end(Session session) {
        var call = new RedisScript.Call(
                List.of(
                        RedisKeys.session(session.tenant(), session.id()),
                        RedisKeys.sessions(session.tenant(), session.epoch())),
                List.of(Long.toString(session.version()), session.id()));
        return asked(() -> redis.script(END, call)) == 1;
    }

    private @Nullable Session believed(
            UUID tenant, String id, @Nullable String version, @Nullable String mac, @Nullable String value) {
        if (version == null && mac == null && value == null) {
            return null;
        }
        var session =
                version == null || mac == null || value == null ? null : format.read(tenant, id, version, mac, value);
        if (session == null) {
            remove(RedisKeys.session(tenant, id), tenant);
        }
        return session;
    }

    private void remove(String key, UUID tenant) {
        foreign.found(key, tenant);
        redis.send(commands -> commands.del(key));
    }

    /** Turns silence of Redis into the answer that tells the caller to come back. */
    static <T extends @Nullable Object> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (RedisAwayException _) {
            throw SessionProblem.away();
        }
    }

    private static String millis(Instant instant) {
        return Long.toString(instant.toEpochMilli());
    }

    private static long number(@Nullable Object value) {
        return value instanceof Long number ? number : 0;
    }

    private static @Nullable String text(KeyValue<String, String> field) {
        return field.getValueOrElse(null);
    }
}
