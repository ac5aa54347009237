package com.misybot.tenancy.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A server that answers each request by what a test wants, byte by byte where it has to. */
final class RawServer implements AutoCloseable {

    /** Writes an answer, or does not. */
    interface Behaviour {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket socket;
    private final Behaviour behaviour;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private RawServer(ServerSocket socket, Behaviour behaviour) {
        this.socket = socket;
        this.behaviour = behaviour;
        Thread.ofVirtual().start(this::accept);
    }

    static RawServer at(String address, int port, Behaviour behaviour) {
        return at(ServerSocketFactory.getDefault(), address, port, behaviour);
    }

    static RawServer at(ServerSocketFactory factory, String address, int port, Behaviour behaviour) {
        try {
            var socket = factory.createServerSocket();
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
            return new RawServer(socket, behaviour);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Behaviour says(String... lines) {
        var text = String.join("\r\n", lines) + "\r\n\r\n";
        return out -> {
            out.write(text.getBytes(ISO_8859_1));
            out.flush();
        };
    }

    int port() {
        return socket.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    /** The heads of the requests that came. */
    List<String> requests() {
        return requests;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException _) {
                // closed
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var in = connection.getInputStream();
            for (var head = head(in); !head.isEmpty(); head = head(in)) {
                requests.add(head);
                in.readNBytes(length(head));
                behaviour.answer(connection.getOutputStream());
            }
        } catch (IOException _) {
            // the client has gone
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var read = in.read();
            if (read < 0) {
                return "";
            }
            head.append((char) read);
        }
        return head.toString();
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
