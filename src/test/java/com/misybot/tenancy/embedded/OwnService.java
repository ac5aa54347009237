package com.misybot.tenancy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.TenancyApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The whole service in a JVM of its own, at a port of its own, on engines that outlive it: it is killed, and started again. */
public final class OwnService implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final LinkedData data;
    private final List<String> command;
    private final int port = freePort();
    private volatile @Nullable Process process;

    /**
     * One that does not run yet, on a data directory that ends with it.
     *
     * @param flags of its JVM
     * @param settings of the service, {@code name=value}
     */
    public OwnService(List<String> flags, List<String> settings) throws IOException {
        this.data = LinkedData.make();
        this.command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(flags);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                TenancyApplication.class.getName(),
                "--tenancy.embedded.data-dir=" + data.path(),
                "--tenancy.embedded.durable=true",
                "--server.port=" + port,
                "--management.server.port=0"));
        settings.forEach(setting -> command.add("--" + setting));
    }

    /** Starts it, and waits until it answers. */
    public void start() throws IOException {
        var log = data.path().resolve("service.log");
        var started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process = started;
        await().atMost(PATIENCE).until(() -> !started.isAlive() || answers());
        assertThat(started.isAlive()).as(() -> read(log)).isTrue();
    }

    /** {@code kill -9}: nothing of it gets to run, and its engines go on. */
    public void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    public boolean isAlive() {
        return running().isAlive();
    }

    public int port() {
        return port;
    }

    /** The operator's key of its first start. */
    public String key() {
        return read(data.path().resolve("operator.key")).strip();
    }

    /** Who may read everything in its PostgreSQL. */
    public JdbcTemplate administrator() {
        var address = "jdbc:postgresql://127.0.0.1:"
                + read(data.path().resolve("postgresql.port")).strip() + "/tenancy";
        return Administrator.of(address, DataDirectory.at(data.path()));
    }

    private Process running() {
        var current = process;
        if (current == null) {
            throw new IllegalStateException("It has not been started");
        }
        return current;
    }

    private boolean answers() throws InterruptedException {
        if (!Files.exists(data.path().resolve("operator.key"))) {
            return false;
        }
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/tenants/count"))
                .header("Authorization", "Bearer " + key())
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as SIGTERM does, and removes what it has kept. */
    @Override
    public void close() throws IOException {
        var current = process;
        if (current != null) {
            current.destroy();
            current.onExit()
                    .orTimeout(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                    .join();
        }
        data.close();
    }
}
