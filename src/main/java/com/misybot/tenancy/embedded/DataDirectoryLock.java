package com.misybot.tenancy.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.jspecify.annotations.Nullable;

/**
 * Who uses a data directory. The operating system keeps the locks, so that they end with the process that held them,
 * however it ended.
 */
final class DataDirectoryLock {

    private final DataDirectory data;
    private @Nullable FileChannel users;

    DataDirectoryLock(DataDirectory data) {
        this.data = data;
    }

    /** What is done to the engines of the directory, one service at a time. */
    void exclusively(Runnable action) {
        try (var channel = open("start.lock");
                var _ = channel.lock()) {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts this service among the users; answers whether it is the only one. */
    boolean enter() {
        try {
            users = open("in-use.lock");
            var alone = tryExclusive(users);
            users.lock(0, Long.MAX_VALUE, true);
            return alone;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts this service among the users no more; answers whether none is left. */
    boolean leave() {
        if (users == null) {
            return false;
        }
        try {
            users.close();
            users = null;
            try (var channel = open("in-use.lock")) {
                return tryExclusive(channel);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean tryExclusive(FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock == null) {
            return false;
        }
        lock.release();
        return true;
    }

    private FileChannel open(String name) throws IOException {
        return FileChannel.open(data.resolve(name), CREATE, READ, WRITE);
    }
}
