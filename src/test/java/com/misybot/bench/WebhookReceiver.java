package com.misybot.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A receiver of webhooks that does as little as can be: it counts messages, and answers at once or never. */
final class WebhookReceiver implements AutoCloseable {

    private static final byte[] OK = "HTTP/1.1 204 No Content\r\n\r\n".getBytes(US_ASCII);
    private static final String LENGTH = "content-length:";

    private final ServerSocket socket;
    private final boolean answers;
    private final AtomicLong messages = new AtomicLong();
    private volatile long latest = System.nanoTime();

    private WebhookReceiver(boolean answers) {
        this.answers = answers;
        try {
            this.socket = new ServerSocket(0, 1_000, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    static WebhookReceiver fast() {
        return new WebhookReceiver(true);
    }

    static WebhookReceiver hanging() {
        return new WebhookReceiver(false);
    }

    int port() {
        return socket.getLocalPort();
    }

    long messages() {
        return messages.get();
    }

    /** When the last one came. */
    long latest() {
        return latest;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                connection.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException _) {
                // closed
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var in = new BufferedInputStream(connection.getInputStream());
            var out = connection.getOutputStream();
            while (read(in)) {
                latest = System.nanoTime();
                messages.incrementAndGet();
                if (!answers) {
                    new CountDownLatch(1).await();
                }
                out.write(OK);
            }
        } catch (IOException _) {
            // the sender has gone
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean read(InputStream in) throws IOException {
        var length = 0;
        var any = false;
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            any = true;
            if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                length = Integer.parseInt(line.substring(LENGTH.length()).strip());
            }
        }
        return any && in.readNBytes(length).length == length;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
            if (read != '\r') {
                line.append((char) read);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
