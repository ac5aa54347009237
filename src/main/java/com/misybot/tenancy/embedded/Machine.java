package com.misybot.tenancy.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** What the engines must know of the machine they run on. */
final class Machine {

    private Machine() {}

    static boolean isMac() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
    }

    static boolean isWindows() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    static boolean isRootOfLinux() {
        return "root".equals(System.getProperty("user.name")) && !isMac() && !isWindows();
    }

    /** A port of the loopback interface that nobody listens on: the one kept in the file if it is free, else a new one. */
    static int freePort(Path file) {
        try {
            var kept =
                    Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
            var port = isFree(kept) ? kept : anyFree();
            Files.writeString(file, port + "\n");
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until something is so, and fails with the sentence when it is not so in time. */
    static void await(String sentence, Duration limit, BooleanSupplier condition) {
        var end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new EngineException(sentence + " not within " + limit.toSeconds() + " seconds.");
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EngineException(sentence + " not: interrupted", e);
            }
        }
    }

    private static boolean isFree(int port) {
        if (port == 0) {
            return false;
        }
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int anyFree() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
