package com.misybot.tenancy.event.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A receiver that can tell in which order messages were handed to the network, over however many connections: it goes round all of
 * them, without a pause, and numbers the rounds. What was sent before another message is seen in the round of that one or in the
 * next at the latest, because it was there when the round began in which it could have been missed.
 */
final class OrderedReceiver implements AutoCloseable {

    private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":\"(\\d+)\"");
    private static final byte[] OK = "HTTP/1.1 204 No Content\r\n\r\n".getBytes(ISO_8859_1);

    private final ServerSocketChannel server;
    private final List<Connection> connections = new ArrayList<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile int mostUnanswered;
    private volatile boolean mayAnswer = true;

    /** A message, and the round that it was first seen in. */
    record Seen(long round, long sequence) {}

    private static final class Connection {
        private final SocketChannel channel;
        private final StringBuilder text = new StringBuilder();
        private long began;
        private boolean unanswered;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }
    }

    OrderedReceiver() {
        try {
            server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 100);
            server.configureBlocking(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().daemon().name("ordered-receiver").start(this::goRound);
    }

    String url() {
        try {
            return "http://127.0.0.1:" + ((InetSocketAddress) server.getLocalAddress()).getPort() + "/";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Seen> seen() {
        return seen;
    }

    /** How many there were at once that had no answer yet. */
    int mostUnanswered() {
        return mostUnanswered;
    }

    /** Lets senders wait for their answers. */
    void answers(boolean may) {
        mayAnswer = may;
    }

    private void goRound() {
        var buffer = ByteBuffer.allocate(64 * 1024);
        try {
            for (long round = 0; !closed; round++) {
                for (var next = server.accept(); next != null; next = server.accept()) {
                    next.configureBlocking(false);
                    connections.add(new Connection(next));
                }
                for (var connection : connections) {
                    read(connection, buffer, round);
                }
                answer();
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            if (!closed) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void read(Connection connection, ByteBuffer buffer, long round) throws IOException {
        buffer.clear();
        try {
            if (connection.channel.read(buffer) <= 0) {
                return;
            }
        } catch (IOException reset) { // whoever has no more to send may end its connection so
            connection.channel.close();
            return;
        }
        if (connection.text.isEmpty()) {
            connection.began = round;
        }
        connection.text.append(ISO_8859_1.decode(buffer.flip()));
        var message = message(connection.text);
        if (message != null) {
            seen.add(new Seen(connection.began, message));
            connection.text.setLength(0);
            connection.unanswered = true;
        }
    }

    private static @Nullable Long message(CharSequence text) {
        Matcher sequence = SEQUENCE.matcher(text);
        return text.charAt(text.length() - 1) == '}' && sequence.find() ? Long.valueOf(sequence.group(1)) : null;
    }

    private void answer() throws IOException {
        var waiting = connections.stream().filter(one -> one.unanswered).toList();
        mostUnanswered = Math.max(mostUnanswered, waiting.size());
        if (mayAnswer) {
            for (var one : waiting) {
                one.channel.write(ByteBuffer.wrap(OK));
                one.unanswered = false;
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        for (var one : connections) {
            one.channel.close();
        }
        server.close();
    }
}
