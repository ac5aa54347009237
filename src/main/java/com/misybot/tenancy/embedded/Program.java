package com.misybot.tenancy.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that must end well and in time.
 *
 * @param purpose what it does, as the beginning of a sentence
 */
record Program(String purpose, List<String> command, Duration limit) {

    /** Runs it; what it said is part of the failure, with the end of the log it wrote to. */
    void run(DataDirectory data, Path log) {
        try {
            var output = Files.createTempFile(data.path(), "output", ".txt");
            try {
                run(output, log);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new EngineException(purpose + " not, because " + command.getFirst() + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(purpose + " not: interrupted", e);
        }
    }

    private void run(Path output, Path log) throws IOException, InterruptedException {
        // a file, not a pipe: the engine inherits it and would keep a pipe open for as long as it lives
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new EngineException(purpose + " not within " + limit.toSeconds() + " seconds. " + said(output, log));
        }
        if (process.exitValue() != 0) {
            throw new EngineException(purpose + " not. " + said(output, log));
        }
    }

    private static String said(Path output, Path log) throws IOException {
        var lines = Files.readAllLines(output);
        if (Files.exists(log)) {
            lines.addAll(Files.readAllLines(log));
        }
        return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }
}
