package com.misybot.tenancy.outbound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A name server of our own (RFC 1035) that says of a name what a test wants, and says something else the next time. */
public final class NameServer implements AutoCloseable {

    private static final int HEADER = 12;
    private static final int A = 1;
    private static final int AAAA = 28;
    private static final int NO_SUCH_NAME = 3;

    private static final int TXT = 16;

    private final DatagramSocket socket;
    private final Map<String, Queue<List<InetAddress>>> answers = new ConcurrentHashMap<>();
    private final Map<String, List<String>> texts = new ConcurrentHashMap<>();
    private final AtomicInteger lookups = new AtomicInteger();

    public NameServer() {
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("name-server").start(this::serve);
    }

    /** Where it is asked, for {@code tenancy.outbound.name-servers}. */
    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** What a name leads to from now on. */
    public NameServer says(String name, String... addresses) {
        var queue = new ArrayDeque<List<InetAddress>>();
        queue.add(parsed(addresses));
        answers.put(name, queue);
        return this;
    }

    /** What stands in the TXT records of a name from now on; of every name below it where it begins with {@code *.}. */
    public NameServer saysText(String name, String... records) {
        texts.put(name, List.of(records));
        return this;
    }

    /** What a name leads to once the answer before has been given. */
    public NameServer then(String name, String... addresses) {
        var queue = java.util.Objects.requireNonNull(answers.get(name));
        synchronized (queue) {
            queue.add(parsed(addresses));
        }
        return this;
    }

    /** How many look-ups there were of IPv4 addresses. */
    int asked() {
        return lookups.get();
    }

    private static List<InetAddress> parsed(String... addresses) {
        return Arrays.stream(addresses).map(NameServer::literal).toList();
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve() {
        var buffer = new byte[1_500];
        while (!socket.isClosed()) {
            var packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                var answer = answer(Arrays.copyOf(buffer, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException _) {
                // closed
            }
        }
    }

    private byte[] answer(byte[] question) {
        var query = ByteBuffer.wrap(question);
        var id = query.getShort(0);
        query.position(HEADER);
        var name = new StringBuilder();
        for (var length = query.get(); length > 0; length = query.get()) {
            var label = new byte[length];
            query.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        var type = query.getShort();
        query.getShort();
        var asked = Arrays.copyOfRange(question, HEADER, query.position());
        var found = type == TXT ? texts(name.toString()) : addresses(name.toString(), type);
        var out = ByteBuffer.allocate(4_096)
                .putShort(id)
                .putShort((short) (0x8180 | (found == null ? NO_SUCH_NAME : 0)))
                .putShort((short) 1)
                .putShort((short) (found == null ? 0 : found.size()))
                .putInt(0)
                .put(asked);
        for (var data : found == null ? List.<byte[]>of() : found) {
            out.putShort((short) 0xC00C)
                    .putShort(type)
                    .putShort((short) 1)
                    .putInt(0)
                    .putShort((short) data.length)
                    .put(data);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private @Nullable List<byte[]> addresses(String name, short type) {
        var known = known(name, type);
        return known == null
                ? null
                : known.stream()
                        .map(InetAddress::getAddress)
                        .filter(address -> address.length == (type == A ? 4 : 16))
                        .toList();
    }

    private @Nullable List<byte[]> texts(String name) {
        var known = texts.get(name);
        for (var dot = name.indexOf('.'); known == null && dot > 0; dot = name.indexOf('.', dot + 1)) {
            known = texts.get("*" + name.substring(dot));
        }
        return known == null
                ? null
                : known.stream()
                        .map(text -> ByteBuffer.allocate(1 + text.length())
                                .put((byte) text.length())
                                .put(text.getBytes(StandardCharsets.US_ASCII))
                                .array())
                        .toList();
    }

    /** An answer is used up by the question for IPv4, which every look-up asks; that for IPv6 sees the same one before or none. */
    private @Nullable List<InetAddress> known(String name, short type) {
        var queue = answers.get(name);
        if (queue == null || (type != A && type != AAAA)) {
            return null;
        }
        synchronized (queue) {
            if (type == A) {
                lookups.incrementAndGet();
                return queue.size() > 1 ? queue.remove() : queue.element();
            }
            return queue.element();
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
