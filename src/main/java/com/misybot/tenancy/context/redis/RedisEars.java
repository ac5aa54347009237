package com.misybot.tenancy.context.redis;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Hears what is said in Redis. What is said while the connection is cut is lost: nobody may rely on hearing it. */
public final class RedisEars implements SmartLifecycle {

    private final @Nullable RedisLink link;
    private volatile boolean running;

    RedisEars(@Nullable RedisLink link) {
        this.link = link;
    }

    @Nullable
    RedisLink link() {
        return link;
    }

    /** Tells {@code listener} every message of a channel, on a thread of the driver: it must not block. */
    public void hear(String channel, Consumer<String> listener) {
        if (link != null) {
            link.subscribe(channel, (_, message) -> listener.accept(message));
        }
    }

    /**
     * Connects, not before all beans are made: the driver's tracing asks for beans on a thread of its own, which waits for the
     * lock of whoever makes one, and that one would wait for the driver.
     */
    @Override
    public void start() {
        if (link != null) {
            link.start();
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        if (link != null) {
            link.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Between the connection factory, whose client the connections are of, and everything that uses them. */
    @Override
    public int getPhase() {
        return 1;
    }
}
