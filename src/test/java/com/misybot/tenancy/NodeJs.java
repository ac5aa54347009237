package com.misybot.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * The Node.js that runs the examples. The build of the repository has it ({@code -Dtenancy.test.node=required}); a machine that only
 * wants to build the service need have neither it nor a registry of packages, and runs fewer tests.
 */
public final class NodeJs {

    private static final boolean REQUIRED = "required".equals(System.getProperty("tenancy.test.node"));

    private NodeJs() {}

    /** The path of {@code node}. */
    public static String program() {
        return program("node");
    }

    private static String program(String name) {
        var found = List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        if (!REQUIRED) {
            Assumptions.assumeTrue(
                    found.isPresent(), "Without " + name + " on the path the examples for Node.js are not run");
        }
        return found.orElseThrow().toString();
    }

    /** A copy of an example under {@code target} with the packages that its lock file names. */
    public static Path installed(Path example) throws Exception {
        var copy = Files.createDirectories(
                Path.of("target", "examples").resolve(example.getFileName()).toAbsolutePath());
        var lock = copy.resolve("package-lock.json");
        var installed = copy.resolve("node_modules/.package-lock.json");
        var present = Files.exists(installed)
                && Files.exists(lock)
                && Files.mismatch(lock, example.resolve("package-lock.json")) < 0;
        try (var files = Files.newDirectoryStream(example, "*.{mjs,json}")) {
            for (var file : files) {
                Files.write(copy.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
        if (!present) {
            var install = new ProcessBuilder(
                            program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
                    .directory(copy.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(copy.resolve("npm.log").toFile())
                    .start();
            var done = install.waitFor(5, TimeUnit.MINUTES) && install.exitValue() == 0;
            if (!done) {
                install.destroyForcibly();
                Files.deleteIfExists(installed);
            }
            var message = "The packages of " + example + " are not to be had: " + copy.resolve("npm.log");
            if (!REQUIRED) {
                Assumptions.assumeTrue(done, message);
            }
            assertThat(done).as(message).isTrue();
        }
        return copy;
    }

    /** The port that an example says it listens on. */
    public static int port(Process process) throws Exception {
        var line = CompletableFuture.supplyAsync(() -> firstLine(process.inputReader()))
                .get(60, TimeUnit.SECONDS);
        assertThat(line).startsWith("listening on ");
        return Integer.parseInt(line.substring("listening on ".length()));
    }

    private static String firstLine(BufferedReader output) {
        try {
            var line = output.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
