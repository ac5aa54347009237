package com.misybot.tenancy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import redis.embedded.core.ExecutableProvider;

/** A real Redis as a process of its own, reachable from this machine with the password of the data directory. */
final class RedisEngine implements Engine {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final DataDirectory data;
    private final boolean durable;
    private final Path directory;
    private int port;

    RedisEngine(DataDirectory data, boolean durable) {
        this.data = data;
        this.durable = durable;
        this.directory = data.resolve("redis");
    }

    @Override
    public String name() {
        return "Redis 6.2";
    }

    @Override
    public void start(boolean alone) {
        var running = runningOn();
        if (running.isPresent() && !alone) {
            port = running.get();
            return;
        }
        stop();
        port = Machine.freePort(portFile());
        var program = new Program("The embedded Redis starts", List.of(executable(), configuration()), LIMIT);
        program.run(data, log());
        Machine.await("The embedded Redis answers", LIMIT, () -> runningOn().isPresent());
    }

    @Override
    public Map<String, String> properties() {
        return Map.of(
                "spring.data.redis.url",
                "redis://app:" + data.password("redis_app") + "@127.0.0.1:" + port,
                "tenancy.isolation.redis.admin.username",
                "admin",
                "tenancy.isolation.redis.admin.password",
                data.password("redis_admin"));
    }

    @Override
    public void stop() {
        var running = runningOn();
        if (running.isPresent()) {
            try (var connection = new RedisConnection(running.get(), data.password("redis"), LIMIT)) {
                connection.shutdown();
            } catch (IOException e) {
                process().ifPresent(ProcessHandle::destroy);
            }
        } else {
            process().ifPresent(ProcessHandle::destroy);
        }
        Machine.await("The embedded Redis stops", LIMIT, () -> process().isEmpty());
    }

    /** The port where the server answers that keeps its files in this very directory. */
    private Optional<Integer> runningOn() {
        if (!Files.exists(portFile())) {
            return Optional.empty();
        }
        try {
            var found = Integer.parseInt(Files.readString(portFile()).strip());
            try (var connection = new RedisConnection(found, data.password("redis"), ANSWER)) {
                return Files.isSameFile(Path.of(connection.directory()), directory)
                        ? Optional.of(found)
                        : Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<ProcessHandle> process() {
        try {
            return ProcessHandle.of(Long.parseLong(
                            Files.readString(directory.resolve("redis.pid")).strip()))
                    .filter(process -> process.isAlive()
                            && process.info()
                                    .command()
                                    .map(command -> command.contains("redis-server"))
                                    .orElse(false));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private String executable() {
        var home = data.resolve("engines/redis");
        try {
            Files.createDirectories(home);
            return ExecutableProvider.newJarResourceProvider(home.toFile())
                    .get()
                    .getAbsolutePath();
        } catch (IOException e) {
            throw new EngineException(
                    "Redis cannot be unpacked to " + home + ": set SPRING_DATA_REDIS_URL to use a Redis of your own",
                    e);
        }
    }

    private String configuration() {
        var settings = """
                bind 127.0.0.1
                port %d
                requirepass %s
                dir "%s"
                pidfile "%s"
                logfile "%s"
                loglevel warning
                daemonize yes
                # every command is in the append-only file; a second one for snapshots would say the same
                save ""
                appendonly %s
                appendfsync everysec
                """.formatted(
                port, data.password("redis"), directory, directory.resolve("redis.pid"), log(), durable ? "yes" : "no");
        try {
            settings += accounts();
            Files.createDirectories(directory);
            Files.deleteIfExists(directory.resolve("redis.pid"));
            Files.deleteIfExists(log());
            return data.writeSecret("redis/redis.conf", settings).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The accounts of the service, as an administrator makes them elsewhere. */
    private String accounts() throws IOException {
        return new ClassPathResource("redis/accounts.conf")
                .getContentAsString(UTF_8)
                .replace("<app-password>", data.password("redis_app"))
                .replace("<admin-password>", data.password("redis_admin"));
    }

    private Path portFile() {
        return data.resolve("redis.port");
    }

    private Path log() {
        return data.resolve("redis.log");
    }
}
