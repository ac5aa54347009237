package com.misybot.tenancy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends requests as callers do that lose patience, break off and go away. */
final class RudeHttp implements AutoCloseable {

    static final String NDJSON = "application/x-ndjson";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    RudeHttp(int port) {
        this.port = port;
    }

    /**
     * A request.
     *
     * @param credential the bearer; empty for nobody
     * @param headers names and values in turn
     */
    record Ask(
            String credential,
            String method,
            String path,
            @Nullable String body,
            List<String> headers) {

        static Ask of(String credential, String method, String path, @Nullable String body, String... headers) {
            return new Ask(credential, method, path, body, List.of(headers));
        }

        String type() {
            return method.equals("PATCH")
                    ? "application/merge-patch+json"
                    : path.contains("/import") ? NDJSON : "application/json";
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** Waits for the answer; empty where it broke off, as a stream does whose store is away. */
    Optional<HttpResponse<String>> send(Ask ask) {
        return send(ask, PATIENCE);
    }

    /** Waits so long for the answer and then closes the connection. */
    Optional<HttpResponse<String>> send(Ask ask, Duration patience) {
        var body = ask.body();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + ask.path()))
                .timeout(patience)
                .method(ask.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!ask.credential().isEmpty()) {
            request.header("Authorization", "Bearer " + ask.credential());
        }
        if (body != null) {
            request.header("Content-Type", ask.type());
        }
        for (var i = 0; i < ask.headers().size(); i += 2) {
            request.setHeader(ask.headers().get(i), ask.headers().get(i + 1));
        }
        try {
            return Optional.of(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Goes away in the middle: after half of the body, or, where there is none, after the first bytes of the answer.
     *
     * @param reset whether the service hears of it by a reset
     * @return what was read of the answer
     */
    String breakOff(Ask ask, boolean reset) {
        var body = ask.body();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            if (reset) {
                socket.setSoLinger(true, 0);
            }
            var head = new StringBuilder("%s /api/v1%s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n"
                    .formatted(ask.method(), ask.path(), ask.credential()));
            for (var i = 0; i < ask.headers().size(); i += 2) {
                head.append(ask.headers().get(i))
                        .append(": ")
                        .append(ask.headers().get(i + 1))
                        .append("\r\n");
            }
            if (body != null) {
                head.append("Content-Type: %s\r\nContent-Length: %d\r\n".formatted(ask.type(), body.length()));
            }
            head.append("\r\n").append(body == null ? "" : body.substring(0, body.length() / 2));
            socket.getOutputStream().write(head.toString().getBytes(US_ASCII));
            socket.getOutputStream().flush();
            return body == null ? new String(socket.getInputStream().readNBytes(600), US_ASCII) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(ask.toString(), e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
