package com.misybot.tenancy.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.Map;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A server that speaks MongoDB's wire protocol, inside this process. Of several services on one data directory one has
 * it; the others reach it there, and when that one ends, the next takes the files and the port over.
 */
final class MongoEngine implements Engine {

    private final DataDirectory data;
    private @Nullable FileChannel lock;
    private @Nullable MongoServer server;
    private int port;

    MongoEngine(DataDirectory data) {
        this.data = data;
    }

    @Override
    public String name() {
        return "MongoDB wire server 1.47";
    }

    @Override
    public synchronized void start(boolean alone) {
        try {
            var channel = FileChannel.open(data.resolve("mongodb.lock"), CREATE, WRITE);
            lock = channel;
            if (channel.tryLock() == null) {
                port = Integer.parseInt(
                        Files.readString(data.resolve("mongodb.port")).strip());
                Thread.ofPlatform().daemon().name("mongodb successor").start(() -> succeed(channel));
            } else {
                port = Machine.freePort(data.resolve("mongodb.port"));
                serve();
            }
        } catch (IOException | RuntimeException e) {
            leave();
            throw new EngineException("The embedded MongoDB does not start in " + data.resolve("mongodb"), e);
        }
    }

    private void succeed(FileChannel channel) {
        try {
            channel.lock();
            synchronized (this) {
                if (channel.isOpen()) {
                    serve();
                }
            }
        } catch (IOException e) {
            if (channel.isOpen()) {
                LoggerFactory.getLogger(MongoEngine.class).error("The embedded MongoDB cannot be taken over", e);
            }
        }
    }

    private void serve() throws IOException {
        Files.createDirectories(data.resolve("mongodb"));
        var store = MVStore.open(data.resolve("mongodb/store").toString());
        server = new MongoServer(new CommittingBackend(store));
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    @Override
    public Map<String, String> properties() {
        return Map.of(
                "spring.mongodb.uri",
                "mongodb://127.0.0.1:" + port + "/tenancy",
                "logging.level.de.bwaldvogel",
                "warn",
                // it warns of every secondary index that it does not make
                "logging.level.de.bwaldvogel.mongo.backend.AbstractMongoDatabase",
                "error",
                "logging.level.org.mongodb.driver",
                "warn");
    }

    @Override
    public synchronized void leave() {
        if (server != null) {
            server.shutdownNow();
            server = null;
        }
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void stop() {
        leave();
    }
}
