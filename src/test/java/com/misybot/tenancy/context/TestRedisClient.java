package com.misybot.tenancy.context;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;

/** A connection of the tests themselves to Redis, past everything that the service does on its way there. */
public final class TestRedisClient implements AutoCloseable {

    private final RedisClient client;
    private final RedisCommands<String, String> commands;

    /** Connects to this address, such as the property {@code spring.data.redis.url}. */
    public TestRedisClient(String url) {
        this.client = RedisClient.create(url);
        this.commands = client.connect().sync();
    }

    /** Every command. */
    public RedisCommands<String, String> commands() {
        return commands;
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
