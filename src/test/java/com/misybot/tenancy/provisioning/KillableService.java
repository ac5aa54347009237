package com.misybot.tenancy.provisioning;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.misybot.tenancy.TenancyApplication;
import com.misybot.tenancy.provisioning.Deaths.Boundary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.env.Environment;

/** The service in a JVM of its own, on stores that outlive it, which stops a run at one place in order to be killed there. */
final class KillableService implements AutoCloseable {

    private static final String READY = "READY ";
    private static final String REACHED = "REACHED";

    private final Process process;
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final Path data;

    private KillableService(Process process, Path data) {
        this.process = process;
        this.data = data;
        Thread.ofVirtual().start(this::listen);
    }

    /** Starts one that stops at this step of this tenant. */
    static KillableService start(Path data, String slug, String step, Boundary boundary) throws IOException {
        var log = data.resolveSibling("killable.log").toFile();
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KillableService.class.getName(),
                "--killable.slug=" + slug,
                "--killable.step=" + step,
                "--killable.boundary=" + boundary,
                "--server.port=0",
                "--management.server.port=0",
                "--tenancy.embedded.durable=true",
                "--tenancy.embedded.data-dir=" + data);
        return new KillableService(
                new ProcessBuilder(new ArrayList<>(command)).redirectError(log).start(), data);
    }

    /** The port, once it is ready. */
    int port() throws InterruptedException {
        return Integer.parseInt(next(READY).substring(READY.length()));
    }

    String key() throws IOException {
        return Files.readString(data.resolve("operator.key")).strip();
    }

    /** Waits until a run has come to the place, and kills the process there as {@code kill -9} does. */
    void killAtThePlace() throws InterruptedException {
        next(REACHED);
        process.destroyForcibly().waitFor();
    }

    private String next(String beginning) throws InterruptedException {
        while (true) {
            var line = told.poll(3, TimeUnit.MINUTES);
            if (line == null || line.isEmpty()) {
                throw new IllegalStateException("It has not said " + beginning + ": see killable.log");
            }
            if (line.startsWith(beginning)) {
                return line;
            }
        }
    }

    private void listen() {
        try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            reader.lines().filter(line -> line.startsWith("RE")).forEach(told::add);
        } catch (IOException | UncheckedIOException e) {
            // it was killed
        } finally {
            told.add("");
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** The child. */
    public static void main(String[] arguments) throws InterruptedException {
        var context = new SpringApplicationBuilder(
                        TenancyApplication.class, Deaths.Watch.class, ScriptedStep.Steps.class, Planted.class)
                .run(arguments);
        System.out.println(READY + context.getEnvironment().getProperty("local.server.port"));
        context.getBean(Planted.class).death.awaitReached();
        System.out.println(REACHED);
        Thread.currentThread().join();
    }

    /** The death of the child. Made with the other beans, it is there before the scheduler takes over what others have left. */
    static final class Planted {

        private final Deaths.Death death;

        Planted(Deaths deaths, Environment environment) {
            deaths.areReal();
            this.death = deaths.at(
                    environment.getRequiredProperty("killable.slug"),
                    environment.getRequiredProperty("killable.step"),
                    environment.getRequiredProperty("killable.boundary", Boundary.class),
                    false);
        }
    }
}
