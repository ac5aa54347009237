package com.misybot.tenancy.isolation.redis;

import com.misybot.tenancy.isolation.redis.AdminRedis.RedisAdminException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * One node of Redis. Users are asked for one by one: a command that lists them all blocks the node.
 *
 * @param id what a cluster calls it; empty where it is alone
 * @param master whether it takes writes
 */
record RedisNode(String id, boolean master, RedisCommands<String, String> commands) {

    private static final StringCodec UTF8 = StringCodec.UTF8;

    private static final Pattern RUN = Pattern.compile("^run_id:(\\w+)", Pattern.MULTILINE);

    private static final long AT_ONCE = 1_000;

    /** Which life of the node this is: another one after a restart. */
    String run() {
        var info = RUN.matcher(asked(() -> commands.info("server")));
        return info.find() ? id + ":" + info.group(1) : id;
    }

    /** What the node says about a user: names and values in turn; empty where there is none. */
    List<Object> user(String name) {
        return asked(() -> {
            var said = commands.dispatch(
                    CommandType.ACL,
                    new ArrayOutput<>(UTF8),
                    new CommandArgs<>(UTF8).add("GETUSER").add(name));
            return said == null
                    ? List.of()
                    : said.stream().filter(Objects::nonNull).toList();
        });
    }

    /** Makes a user, or makes it another one. */
    void setUser(String name, List<String> rules) {
        var arguments = new CommandArgs<>(UTF8).add("SETUSER").add(name);
        rules.forEach(arguments::add);
        var _ = asked(() -> Objects.requireNonNullElse(
                commands.dispatch(CommandType.ACL, new StatusOutput<>(UTF8), arguments), ""));
    }

    /** Takes a user away and cuts its connections: that a user is off would let them live on. */
    void deleteUser(String name) {
        var _ = asked(() -> Objects.requireNonNullElse(
                commands.dispatch(
                        CommandType.ACL,
                        new io.lettuce.core.output.IntegerOutput<>(UTF8),
                        new CommandArgs<>(UTF8).add("DELUSER").add(name)),
                0L));
    }

    /**
     * Goes through all keys that a pattern covers, in batches; some may come twice.
     *
     * @param each told a batch, which may be empty; answers whether to go on
     * @return whether all were seen
     */
    boolean scan(String pattern, Predicate<List<String>> each) {
        var arguments = ScanArgs.Builder.matches(pattern).limit(AT_ONCE);
        ScanCursor cursor = ScanCursor.INITIAL;
        do {
            var from = cursor;
            var found = asked(() -> commands.scan(from, arguments));
            if (!each.test(found.getKeys())) {
                return false;
            }
            cursor = found;
        } while (!cursor.isFinished());
        return true;
    }

    /** Sets a key; false where it belongs to another node. */
    boolean set(String key, String value, SetArgs how) {
        try {
            commands.set(key, value, how);
            return true;
        } catch (RedisCommandExecutionException e) {
            if (String.valueOf(e.getMessage()).startsWith("MOVED")) {
                return false;
            }
            throw new RedisAdminException(e);
        }
    }

    /** What a key holds; null where there is none. */
    @Nullable
    String get(String key) {
        return commands.get(key);
    }

    /** Deletes keys; returns how many there were. */
    long unlink(List<String> keys) {
        return asked(() -> commands.unlink(keys.toArray(String[]::new)));
    }

    /** About the bytes that a key takes; 0 where it is gone. */
    long bytes(String key) {
        return asked(() -> Objects.requireNonNullElse(commands.memoryUsage(key), 0L));
    }

    static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (RedisException | RedisConnectionFailureException e) {
            throw new RedisAdminException(e);
        }
    }
}
