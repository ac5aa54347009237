package com.misybot.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Leads to a Redis, and does to the connections that listen there what a bad network does. */
final class ChannelDoor implements AutoCloseable {

    /** What becomes of what is said on a channel. */
    enum Channel {
        UP,
        /** It does not arrive, and nobody is told. */
        SILENT,
        /** The connection is cut, each time anew. */
        CUT
    }

    private final ServerSocket listening;
    private final URI redis;
    private final Set<Socket> ears = ConcurrentHashMap.newKeySet();
    private volatile Channel channel = Channel.UP;

    ChannelDoor(String redis) {
        this.redis = URI.create(redis);
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The address for whoever goes through here. */
    String url() {
        return "redis://" + redis.getUserInfo() + "@127.0.0.1:" + listening.getLocalPort();
    }

    void set(Channel next) {
        channel = next;
        if (next == Channel.CUT) {
            ears.forEach(ChannelDoor::end);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                var server = new Socket(redis.getHost(), redis.getPort());
                Thread.ofVirtual().start(() -> ask(client, server));
                Thread.ofVirtual().start(() -> answer(server, client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void ask(Socket client, Socket server) {
        var buffer = new byte[64 * 1024];
        try {
            for (var n = 0; (n = client.getInputStream().read(buffer)) > 0; ) {
                if (new String(buffer, 0, n, ISO_8859_1).contains("SUBSCRIBE")) {
                    ears.add(client);
                    if (channel == Channel.CUT) {
                        return;
                    }
                }
                server.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException e) {
            // the other side is told by the end of both
        } finally {
            end(client);
            end(server);
            ears.remove(client);
        }
    }

    private void answer(Socket server, Socket client) {
        var buffer = new byte[64 * 1024];
        try {
            for (var n = 0; (n = server.getInputStream().read(buffer)) > 0; ) {
                if (channel == Channel.UP || !ears.contains(client)) {
                    client.getOutputStream().write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            // the other side is told by the end of both
        } finally {
            end(client);
            end(server);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone, which is all that is wanted
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
