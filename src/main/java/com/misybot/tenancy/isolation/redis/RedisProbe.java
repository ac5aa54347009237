package com.misybot.tenancy.isolation.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.misybot.tenancy.isolation.probe.Canary;
import com.misybot.tenancy.isolation.probe.ProbeAttempt;
import com.misybot.tenancy.isolation.probe.ProbeAttempt.Outcome;
import com.misybot.tenancy.isolation.probe.ProbedStore;
import com.misybot.tenancy.isolation.probe.Ways;
import com.misybot.tenancy.isolation.redis.AdminRedis.RedisAdminException;
import com.misybot.tenancy.keyring.Base62;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Tries to get out of the keys of one tenant in Redis, as a user that is made like those of tenants and lives as long as a run. */
@Component
class RedisProbe implements ProbedStore {

    private static final Map<String, String> WAYS = Ways.of(RedisProbe.class, "redis-ways.txt");

    /** Longer than a run: what a killed service leaves behind goes by itself. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private static final int DIGITS = 27;

    private final AdminRedis redis;
    private final RedisAccounts accounts;
    private final SecureRandom random;
    private final Map<Canary, Planted> planted = new ConcurrentHashMap<>();

    RedisProbe(AdminRedis redis, RedisAccounts accounts, SecureRandom random) {
        this.redis = redis;
        this.accounts = accounts;
        this.random = random;
    }

    /** A canary, and the login of its tenant. */
    private record Planted(AdminRedis account, RedisNode node, String key) {}

    @Override
    public String name() {
        return "redis";
    }

    /** Where tenants have no users, nobody but the service gets at Redis. */
    @Override
    public boolean isOn() {
        return switch (redis.state()) {
            case ON, AWAY -> true;
            case NONE, OFF, FORBIDDEN -> false;
        };
    }

    @Override
    public void plant(Canary canary) {
        var user = new TenantUser(canary.tenant());
        var password = Base62.random(random, DIGITS);
        redis.nodes().forEach(node -> node.setUser(username(canary), user.rules(sha256(password))));
        var account = accounts.of(username(canary), password);
        account.start();
        var key = user.prefix() + canary.name();
        for (var node : account.nodes()) {
            if (node.master() && node.set(key, canary.secret(), SetArgs.Builder.px(KEPT))) {
                planted.put(canary, new Planted(account, node, key));
                return;
            }
        }
        account.stop();
        throw new IllegalStateException("No node takes the canary");
    }

    @Override
    public void remove(Canary canary) {
        var there = planted.remove(canary);
        if (there != null) {
            try {
                there.node.unlink(List.of(there.key));
            } catch (RedisAdminException _) {
                // a connection that listens, which it must not, says nothing any more: the key goes by itself
            }
            there.account.stop();
        }
        redis.nodes().forEach(node -> node.deleteUser(username(canary)));
    }

    @Override
    public List<ProbeAttempt> attempts(Canary intruder, Canary victim) {
        var own = Objects.requireNonNull(planted.get(intruder));
        var other = Objects.requireNonNull(planted.get(victim));
        var ours = new TenantUser(intruder.tenant()).prefix();
        var attempts = new ArrayList<ProbeAttempt>();
        WAYS.forEach((way, command) -> attempts.add(attempt(
                own.node,
                way,
                command.replace("{own}", own.key)
                        .replace("{other}", other.key)
                        .replace("{ours}", ours)
                        .replace("{theirs}", new TenantUser(victim.tenant()).prefix())
                        .replace("{service}", ours.substring(0, ours.indexOf("app:"))))));
        attempts.add(unchanged(other, victim));
        return attempts;
    }

    private static ProbeAttempt attempt(RedisNode node, String way, String command) {
        var words = command.split(" ", -1);
        var arguments = new CommandArgs<>(StringCodec.UTF8);
        for (var i = 1; i < words.length; i++) {
            arguments.add(words[i]);
        }
        try {
            var _ = node.commands().dispatch(new Word(words[0]), new NestedMultiOutput<>(StringCodec.UTF8), arguments);
            return new ProbeAttempt(way, Outcome.REACHED, "it was done");
        } catch (RedisCommandExecutionException e) {
            var said = String.valueOf(e.getMessage());
            var kind = said.substring(0, Math.max(0, said.indexOf(' ')));
            return new ProbeAttempt(way, isDenied(kind, said) ? Outcome.DENIED : Outcome.UNCLEAR, kind);
        } catch (RedisCommandTimeoutException | UnsupportedOperationException e) {
            return new ProbeAttempt(way, Outcome.UNCLEAR, e.getClass().getSimpleName());
        }
    }

    /** A node that does not know a command, or lets nobody have it before it asks who (DEBUG since Redis 7), does not do it either. */
    private static boolean isDenied(String kind, String said) {
        return kind.equals("NOPERM")
                || said.toLowerCase(Locale.ROOT).startsWith("err unknown command")
                || said.startsWith("ERR DEBUG command not allowed");
    }

    private static ProbeAttempt unchanged(Planted other, Canary victim) {
        var isThere = victim.secret().equals(other.node.get(other.key));
        return new ProbeAttempt(
                "whatever was tried has left its traces",
                isThere ? Outcome.NOTHING : Outcome.REACHED,
                isThere ? "the canary is there" : "the canary is not there");
    }

    private static String username(Canary canary) {
        return "probe-" + canary.name() + "-" + canary.tenant();
    }

    private static String sha256(String password) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(password.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** A command by its name, whether or not the driver knows it. */
    private static final class Word implements ProtocolKeyword {

        private final String name;

        Word(String name) {
            this.name = name;
        }

        @Override
        public byte[] getBytes() {
            return name.getBytes(UTF_8);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
