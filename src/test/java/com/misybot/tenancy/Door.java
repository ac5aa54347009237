package com.misybot.tenancy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A TCP port that leads to another one until it is shut; shutting it ends what goes through. */
final class Door {

    private final ServerSocket listening;
    private final Set<Socket> through = ConcurrentHashMap.newKeySet();
    private volatile boolean open = true;
    private volatile boolean hung;
    private String host = "";
    private int port;

    Door() {
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void leadTo(String toHost, int toPort) {
        host = toHost;
        port = toPort;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    void open() {
        open = true;
        hung = false;
    }

    /** Lets nobody hear anything any more, and ends nothing, until it is opened. */
    void hang() {
        hung = true;
    }

    void shut() {
        open = false;
        through.forEach(Door::end);
    }

    private void accept() {
        while (true) {
            try {
                var client = listening.accept();
                if (open) {
                    var server = new Socket(host, port);
                    through.add(client);
                    through.add(server);
                    Thread.ofVirtual().start(() -> pass(client, server));
                    Thread.ofVirtual().start(() -> pass(server, client));
                } else {
                    end(client);
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    private void pass(Socket from, Socket to) {
        try {
            var some = new byte[16 * 1024];
            for (var n = from.getInputStream().read(some);
                    n >= 0;
                    n = from.getInputStream().read(some)) {
                while (hung) {
                    LockSupport.parkNanos(1_000_000);
                }
                to.getOutputStream().write(some, 0, n);
            }
        } catch (IOException e) {
            // the other side is told by the end of both
        } finally {
            end(from);
            end(to);
            through.remove(from);
            through.remove(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
