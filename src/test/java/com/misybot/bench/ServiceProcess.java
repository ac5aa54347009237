package com.misybot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/** The service with its bare neighbour, in a JVM of its own, on ports and data of its own that end with it. */
final class ServiceProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path data;
    private final int port = freePort();
    private final int management = freePort();
    private final int bare = freePort();
    private final Process process;

    private ServiceProcess(Path data, List<String> flags, List<String> settings) throws IOException {
        this.data = data;
        stopOrphans(data);
        FileSystemUtils.deleteRecursively(data);
        Files.createDirectories(data);
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(flags);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
        command.add(BenchedService.class.getName());
        command.addAll(List.of("--server.port=" + port, "--management.server.port=" + management));
        command.addAll(List.of("--bench.bare-port=" + bare, "--tenancy.embedded.data-dir=" + data));
        command.addAll(settings);
        var log = data.resolveSibling(data.getFileName() + ".log").toFile();
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        // flags for builds and tests, such as a compiler that stops early, are not what is measured
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        this.process = builder.start();
    }

    /** Starts with an empty data directory under {@code target/bench}. */
    static ServiceProcess start(String name, String... flags) {
        return start(name, List.of(flags), List.of());
    }

    /** The same with settings of the service. */
    static ServiceProcess start(String name, List<String> flags, List<String> settings) {
        try {
            var service = new ServiceProcess(Path.of("target/bench", name).toAbsolutePath(), flags, settings);
            Runtime.getRuntime().addShutdownHook(new Thread(service::close));
            service.awaitReady();
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the engines of a benchmark that was killed: their programs lie in the data directory. */
    private static void stopOrphans(Path data) {
        ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(program -> Path.of(program).startsWith(data))
                        .isPresent())
                .forEach(ProcessHandle::destroyForcibly);
    }

    private void awaitReady() {
        var deadline = Instant.now().plusSeconds(300);
        while (!answers("http://127.0.0.1:" + management + "/actuator/health/readiness")
                || !answers(bareUrl() + "/memory/ready")) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("The service does not start: see " + data + ".log");
            }
            pause();
        }
    }

    private static boolean answers(String url) {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The text of the answer to an authenticated request; raises where the status is not 2xx. */
    String get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url() + path)).header("Authorization", "Bearer " + key()));
    }

    String post(String path, String type, Path body) {
        return post(path, type, "wait=2", body);
    }

    /** Posts a file with this preference (RFC 7240). */
    String post(String path, String type, String prefer, Path body) {
        try {
            return send(HttpRequest.newBuilder(URI.create(url() + path))
                    .header("Authorization", "Bearer " + key())
                    .header("Content-Type", type)
                    .header("Prefer", prefer)
                    .POST(BodyPublishers.ofFile(body)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String getBare(String path) {
        return send(HttpRequest.newBuilder(URI.create(bareUrl() + path)));
    }

    /** Posts JSON and gives the text of the answer; a registration is waited for until the tenant is active. */
    String post(String path, String json) {
        return send(HttpRequest.newBuilder(URI.create(url() + path))
                .header("Authorization", "Bearer " + key())
                .header("Prefer", "wait=60")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    /** Puts JSON and gives the text of the answer. */
    String put(String path, String json) {
        return send(HttpRequest.newBuilder(URI.create(url() + path))
                .header("Authorization", "Bearer " + key())
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json)));
    }

    /** The environment of another service on the same stores. */
    Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        environment.put(
                "SPRING_DATASOURCE_URL",
                "jdbc:postgresql://127.0.0.1:" + database().port() + "/tenancy");
        environment.put("SPRING_DATA_REDIS_URL", redis());
        environment.put("TENANCY_KEYRING_ROOTFILE", data.resolve("root.key").toString());
        for (var role : List.of("owner", "tenant", "platform", "keeper")) {
            environment.put(
                    "TENANCY_ISOLATION_" + role.toUpperCase(Locale.ROOT) + "_PASSWORD",
                    database().password("tenancy_" + role));
        }
        return environment;
    }

    /** Waits until another process answers. */
    void await(String url, Process other) {
        while (!answers(url)) {
            if (!other.isAlive()) {
                throw new IllegalStateException("It does not start: see its log");
            }
            pause();
        }
    }

    /** Where its Redis is reached. */
    String redis() {
        try {
            return "redis://:"
                    + Files.readString(data.resolve("passwords/redis")).strip() + "@127.0.0.1:"
                    + Files.readString(data.resolve("redis.port")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its MongoDB is reached. */
    String mongo() {
        try {
            return "mongodb://127.0.0.1:"
                    + Files.readString(data.resolve("mongodb.port")).strip() + "/tenancy";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the bare neighbour write this body from memory. */
    void keepBare(String name, String json) {
        send(HttpRequest.newBuilder(URI.create(bareUrl() + "/memory/" + name))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json)));
    }

    private static String send(HttpRequest.Builder builder) {
        try {
            HttpResponse<String> response =
                    HTTP.send(builder.timeout(Duration.ofMinutes(60)).build(), BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(response + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    Wrk load(int connections) {
        return new Wrk(url(), key(), connections);
    }

    Wrk bareLoad(int connections) {
        return new Wrk(bareUrl(), "", connections);
    }

    Database database() {
        return new Database(data);
    }

    Path data() {
        return data;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    private String bareUrl() {
        return "http://127.0.0.1:" + bare;
    }

    String key() {
        try {
            return Files.readString(data.resolve("operator.key")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            FileSystemUtils.deleteRecursively(data);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }

    /** None of those that a system gives out by itself: the engines and connections of a service take some before it listens. */
    static int freePort() {
        while (true) {
            var port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (var socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // another one, then
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
