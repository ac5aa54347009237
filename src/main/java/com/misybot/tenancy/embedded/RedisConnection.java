package com.misybot.tenancy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** As much of Redis's protocol as it takes to ask a server who it is and to end it, before any client is configured. */
final class RedisConnection implements AutoCloseable {

    private final Socket socket = new Socket();
    private final BufferedReader reader;

    RedisConnection(int port, String password, Duration limit) throws IOException {
        try {
            socket.setSoTimeout((int) limit.toMillis());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) limit.toMillis());
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            send("AUTH " + password);
            if (!"+OK".equals(reader.readLine())) {
                throw new IOException("The password is refused");
            }
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The directory the server keeps its files in. */
    String directory() throws IOException {
        send("CONFIG GET dir");
        var answer = "";
        // *2 $3 dir $n <directory>
        for (var line = 0; line < 5; line++) {
            answer = reader.readLine();
            if (answer == null || answer.startsWith("-")) {
                throw new IOException("Redis answers " + answer);
            }
        }
        return answer;
    }

    /** Ends the server, which writes what it has first; it says nothing and closes the connection. */
    void shutdown() throws IOException {
        send("SHUTDOWN");
        var answer = reader.readLine();
        if (answer != null) {
            throw new IOException("Redis answers " + answer);
        }
    }

    private void send(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
