package com.misybot.tenancy.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The Redis of a data directory, to be killed, stopped in the middle of everything, and brought back. */
public final class TestRedis {

    private final DataDirectory data;

    private TestRedis(DataDirectory data) {
        this.data = data;
    }

    /** The one that a service with this {@code tenancy.embedded.data-dir} has started. */
    public static TestRedis of(Path directory) {
        return new TestRedis(new DataDirectory(directory.toAbsolutePath()));
    }

    /** Where a client reaches it. */
    public String url() {
        return "redis://:" + data.password("redis") + "@127.0.0.1:" + read("redis.port");
    }

    /** It takes connections and answers nothing. */
    public void hang() {
        signal("STOP");
    }

    /** It answers again, also what was asked meanwhile. */
    public void goOn() {
        signal("CONT");
    }

    /** It is gone with all it held. */
    public void kill() {
        signal("KILL");
        ProcessHandle.of(pid()).ifPresent(process -> {
            try {
                process.onExit().get(10, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** It is there again, empty, at the same port. */
    public void start() {
        new RedisEngine(data, false).start(false);
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private long pid() {
        return Long.parseLong(read("redis/redis.pid"));
    }

    private String read(String file) {
        try {
            return Files.readString(data.resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
