package com.misybot.tenancy.isolation.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisLoadingException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.StringCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Redis as its administrator sees it: each node by itself. A connection of its own, made when it is first needed, so that neither
 * the account nor a slow command of it is ever in the way of serving requests.
 */
final class AdminRedis implements SmartLifecycle {

    private final @Nullable LettuceConnectionFactory factory;
    private final boolean acl;
    private @Nullable StatefulConnection<String, String> connection;
    private volatile boolean running;

    /**
     * Connects by {@code factory}, which nobody else uses.
     *
     * @param factory null where there is no Redis
     * @param acl whether users are wanted
     */
    AdminRedis(@Nullable LettuceConnectionFactory factory, boolean acl) {
        this.factory = factory;
        this.acl = acl;
    }

    /** Redis did not answer, or refused what it was asked. Passes by itself as a rule: a request is answered 503. */
    static final class RedisAdminException extends DataAccessResourceFailureException {
        private static final long serialVersionUID = 1L;

        private final boolean refused;

        RedisAdminException(RuntimeException cause) {
            super("Redis did not do what its administrator asked", cause);
            this.refused = isRefusal(cause) || isRefusal(cause.getCause());
        }

        private static boolean isRefusal(@Nullable Throwable cause) {
            return cause instanceof RedisCommandExecutionException && !(cause instanceof RedisLoadingException);
        }

        /** Whether Redis is there and does not let this account do it, or does not know it. */
        boolean isRefused() {
            return refused;
        }
    }

    boolean isConfigured() {
        return factory != null;
    }

    /** Whether tenants can have users, as of now. */
    AclState state() {
        if (factory == null) {
            return AclState.NONE;
        }
        if (!acl) {
            return AclState.OFF;
        }
        try {
            nodes().forEach(node -> node.user("tenant-of-nobody"));
            return AclState.ON;
        } catch (RedisAdminException e) {
            return e.isRefused() ? AclState.FORBIDDEN : AclState.AWAY;
        }
    }

    /**
     * Every node, replicas of a cluster as well.
     *
     * @throws RedisAdminException where Redis does not answer
     */
    List<RedisNode> nodes() {
        return RedisNode.asked(() -> switch (connection()) {
            case StatefulRedisConnection<String, String> one -> List.of(new RedisNode("", true, one.sync()));
            case StatefulRedisClusterConnection<String, String> cluster ->
                cluster.getPartitions().stream()
                        .map(node -> new RedisNode(
                                node.getNodeId(),
                                node.getRole().isUpstream(),
                                cluster.getConnection(node.getNodeId()).sync()))
                        .toList();
            case StatefulConnection<String, String> other ->
                throw new IllegalStateException("No commands are known for " + other.getClass());
        });
    }

    private synchronized StatefulConnection<String, String> connection() {
        var present = connection;
        if (present != null) {
            return present;
        }
        if (factory == null || !running) {
            throw new RedisException("Redis is not asked now");
        }
        try {
            factory.start();
            present = switch (factory.getRequiredNativeClient()) {
                case RedisClient client -> client.connect(StringCodec.UTF8);
                case RedisClusterClient client -> client.connect(StringCodec.UTF8);
                case AbstractRedisClient other ->
                    throw new IllegalStateException("No driver is known for " + other.getClass());
            };
        } catch (RedisConnectionFailureException e) {
            throw new RedisException("Redis is not there", e);
        }
        connection = present;
        return present;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public synchronized void stop() {
        running = false;
        if (connection != null) {
            connection.close();
            connection = null;
        }
        if (factory != null) {
            factory.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
