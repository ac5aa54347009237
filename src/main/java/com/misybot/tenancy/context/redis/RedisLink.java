package com.misybot.tenancy.context.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Two connections that are shared by all threads: one for commands, one that listens. Made in the background, so that the
 * service starts without Redis; once made, the driver itself connects them again.
 */
final class RedisLink {

    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final Duration AGAIN = Duration.ofMillis(500);

    private record Subscription(String channel, BiConsumer<String, String> listener) {}

    private final LettuceConnectionFactory factory;
    private @Nullable ScheduledExecutorService connecting;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<StatefulConnection<?, ?>> connections = new ArrayList<>();
    private volatile @Nullable RedisClusterAsyncCommands<String, String> commands;
    private @Nullable StatefulRedisPubSubConnection<String, String> listening;

    RedisLink(LettuceConnectionFactory factory) {
        this.factory = factory;
    }

    /** The commands; null until the first connection is there. A lost connection refuses them. */
    @Nullable
    RedisClusterAsyncCommands<String, String> commandsIfConnected() {
        return commands;
    }

    /** Tells {@code listener} what is said on {@code channel}; what is said while the connection is lost is not heard. */
    synchronized void subscribe(String channel, BiConsumer<String, String> listener) {
        subscriptions.add(new Subscription(channel, listener));
        if (listening != null) {
            listen(listening, subscriptions.getLast());
        }
    }

    /** Connects, now or as soon as Redis is there. */
    synchronized void start() {
        if (connecting == null) {
            connecting = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("redis-connect").factory());
            connect();
        }
    }

    private synchronized void connect() {
        var again = connecting;
        if (again == null) {
            return;
        }
        try {
            switch (factory.getRequiredNativeClient()) {
                case RedisClient client ->
                    use(client.connect(StringCodec.UTF8), client.connectPubSub(StringCodec.UTF8));
                case RedisClusterClient client ->
                    use(client.connect(StringCodec.UTF8), client.connectPubSub(StringCodec.UTF8));
                case AbstractRedisClient other ->
                    throw new IllegalStateException("No driver is known for " + other.getClass());
            }
        } catch (RedisException e) {
            LOG.debug("Redis is not there yet", e);
            var _ = again.schedule(this::connect, AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void use(
            StatefulConnection<String, String> connection, StatefulRedisPubSubConnection<String, String> ears) {
        connections.add(connection);
        connections.add(ears);
        subscriptions.forEach(subscription -> listen(ears, subscription));
        listening = ears;
        commands = switch (connection) {
            case StatefulRedisConnection<String, String> one -> one.async();
            case StatefulRedisClusterConnection<String, String> cluster -> cluster.async();
            default -> throw new IllegalStateException("No commands are known for " + connection.getClass());
        };
    }

    private static void listen(StatefulRedisPubSubConnection<String, String> ears, Subscription subscription) {
        ears.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                if (channel.equals(subscription.channel())) {
                    subscription.listener().accept(channel, message);
                }
            }
        });
        var _ = ears.async().subscribe(subscription.channel());
    }

    /** Lets go of the connections, until it is started again. */
    synchronized void stop() {
        if (connecting != null) {
            connecting.shutdownNow();
            connecting = null;
        }
        commands = null;
        listening = null;
        connections.forEach(StatefulConnection::close);
        connections.clear();
    }
}
