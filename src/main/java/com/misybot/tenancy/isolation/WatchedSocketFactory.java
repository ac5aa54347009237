package com.misybot.tenancy.isolation;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sockets to the database, and has one thread watch how long they are read from.
 *
 * <p>A read with a timeout on a virtual thread sets a timer, and setting and cancelling it wakes another thread for every round trip
 * (ADR 0106). So the timeouts of a second and more that a socket is given are kept to about a second by looking at all sockets once a second: one that
 * is read from for longer is closed, and the read raises {@link SocketTimeoutException}. Shorter ones are the socket's own.
 *
 * <p>Public because the driver makes one by its name.
 */
public final class WatchedSocketFactory extends SocketFactory {

    private static final int SHORTEST_MILLIS = 1_000;
    private static final Set<WatchedSocket> SOCKETS = ConcurrentHashMap.newKeySet();

    static {
        Thread.ofPlatform().daemon().name("database-reads").start(WatchedSocketFactory::watch);
    }

    private static void watch() {
        while (true) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            var now = System.nanoTime();
            SOCKETS.forEach(socket -> socket.closeWhereLate(now));
        }
    }

    @Override
    public Socket createSocket() {
        return new WatchedSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return connected(new InetSocketAddress(address, port), new InetSocketAddress(localAddress, localPort));
    }

    private static Socket connected(InetSocketAddress address, @Nullable InetSocketAddress local) throws IOException {
        var socket = new WatchedSocket();
        try {
            socket.bind(local);
            socket.connect(address);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** One that tells since when it is read from. */
    private static final class WatchedSocket extends Socket {

        private volatile int watchedMillis;
        private volatile long readSince;
        private volatile boolean isRead;
        private volatile boolean isLate;

        @Override
        public void setSoTimeout(int millis) throws SocketException {
            var isWatched = millis >= SHORTEST_MILLIS;
            super.setSoTimeout(isWatched ? 0 : millis);
            watchedMillis = isWatched ? millis : 0;
        }

        @Override
        public int getSoTimeout() throws SocketException {
            return watchedMillis == 0 ? super.getSoTimeout() : watchedMillis;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            var input = new WatchedInput(super.getInputStream());
            SOCKETS.add(this);
            return input;
        }

        @Override
        public void close() throws IOException {
            SOCKETS.remove(this);
            super.close();
        }

        private void closeWhereLate(long now) {
            var millis = watchedMillis;
            if (isRead && millis != 0 && now - readSince > TimeUnit.MILLISECONDS.toNanos(millis)) {
                isLate = true;
                try {
                    close();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }

        private final class WatchedInput extends FilterInputStream {

            WatchedInput(InputStream input) {
                super(input);
            }

            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                readSince = System.nanoTime();
                isRead = true;
                try {
                    return super.read(bytes, offset, length);
                } catch (SocketException e) {
                    if (isLate) {
                        var timeout = new SocketTimeoutException("Read timed out after " + watchedMillis + " ms");
                        timeout.initCause(e);
                        throw timeout;
                    }
                    throw e;
                } finally {
                    isRead = false;
                }
            }
        }
    }
}
