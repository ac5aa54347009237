package com.misybot.tenancy.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real PostgreSQL as a process of its own, reachable from this machine with the passwords of the data directory. */
final class PostgresEngine implements Engine {

    private final DataDirectory data;
    private final boolean durable;
    private final PostgresBinaries binaries;
    private final PostgresDatabase database;
    private final Path cluster;
    private int port;

    PostgresEngine(DataDirectory data, boolean durable) {
        this.data = data;
        this.durable = durable;
        this.binaries = PostgresBinaries.unpacked(data);
        this.database = new PostgresDatabase(data);
        this.cluster = data.resolve("postgresql");
    }

    @Override
    public String name() {
        return "PostgreSQL " + PostgresBinaries.VERSION;
    }

    @Override
    public void start(boolean alone) {
        var running = running();
        if (running.isPresent() && !alone) {
            port = running.get();
            return;
        }
        stop();
        makeCluster();
        port = Machine.freePort(data.resolve("postgresql.port"));
        configure();
        run("starts", List.of("pg_ctl", "start", "-D", cluster.toString(), "-w", "-t", "60", "-l", log().toString()));
        if (running().filter(found -> found == port).isEmpty()) {
            throw new EngineException(
                    "What answers on port " + port + " is not the embedded PostgreSQL, or it does not know"
                            + " the password in " + data.resolve("passwords/" + PostgresDatabase.ADMINISTRATOR));
        }
        database.prepare(port);
    }

    @Override
    public Map<String, String> properties() {
        var properties = new LinkedHashMap<String, String>();
        properties.put("spring.datasource.url", PostgresDatabase.url(port, "tenancy"));
        for (var role : List.of("owner", "tenant", "platform", "keeper")) {
            properties.put("tenancy.isolation." + role + ".password", data.password("tenancy_" + role));
        }
        return properties;
    }

    @Override
    public void stop() {
        var pidFile = cluster.resolve("postmaster.pid");
        var process = process(pidFile);
        if (process.isPresent()) {
            run("stops", List.of("pg_ctl", "stop", "-D", cluster.toString(), "-m", "fast", "-w", "-t", "60"));
        } else {
            // the number may belong to somebody else's process by now, and PostgreSQL would not start because of it
            deleteIfExists(pidFile);
        }
    }

    /** The port where the server answers that has this very directory open. */
    private Optional<Integer> running() {
        var pidFile = cluster.resolve("postmaster.pid");
        return process(pidFile)
                .flatMap(_ -> line(pidFile, 4))
                .map(Integer::valueOf)
                .filter(found -> database.serves(found, cluster));
    }

    private Optional<ProcessHandle> process(Path pidFile) {
        return line(pidFile, 1)
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                .filter(this::isPostgres);
    }

    private boolean isPostgres(ProcessHandle process) {
        return process.isAlive()
                && process.info()
                        .command()
                        .map(command -> command.contains("postgres"))
                        .orElse(false);
    }

    private static Optional<String> line(Path file, int number) {
        try {
            return Files.readAllLines(file).stream()
                    .skip(number - 1L)
                    .findFirst()
                    .map(String::strip);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void makeCluster() {
        if (Files.exists(cluster)) {
            return;
        }
        data.delete("postgresql.part");
        var part = data.resolve("postgresql.part");
        var command = new ArrayList<>(List.of("initdb", "-D", part.toString(), "-U", PostgresDatabase.ADMINISTRATOR));
        command.add("--pwfile=" + data.secretFile("passwords/" + PostgresDatabase.ADMINISTRATOR, 16));
        command.addAll(List.of("--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions", "--no-locale"));
        command.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        command.add("--lc-ctype=" + (Machine.isMac() ? "en_US.UTF-8" : "C.UTF-8"));
        if (!durable) {
            command.add("--no-sync");
        }
        run("makes its files", command);
        try {
            Files.writeString(
                    part.resolve("postgresql.conf"),
                    Files.readString(part.resolve("postgresql.conf")) + "\ninclude 'tenancy.conf'\n");
            Files.move(part, cluster, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void configure() {
        var settings = """
                listen_addresses = '127.0.0.1'
                port = %1$d
                unix_socket_directories = ''
                max_connections = 500
                timezone = 'UTC'
                log_timezone = 'UTC'
                log_min_messages = warning
                log_checkpoints = off
                # statements and the values in them stay out of the log
                log_min_error_statement = panic
                log_error_verbosity = terse
                fsync = %2$s
                synchronous_commit = %2$s
                full_page_writes = %2$s
                """.formatted(port, durable ? "on" : "off");
        try {
            Files.writeString(cluster.resolve("tenancy.conf"), settings);
            Files.deleteIfExists(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return data.resolve("postgresql.log");
    }

    private void run(String what, List<String> program) {
        var command = new ArrayList<String>();
        if (Machine.isRootOfLinux()) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(binaries.program(program.getFirst()));
        command.addAll(program.subList(1, program.size()));
        new Program("The embedded PostgreSQL " + what, command, Duration.ofSeconds(90)).run(data, log());
    }

    private static void deleteIfExists(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
