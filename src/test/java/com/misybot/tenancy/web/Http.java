package com.misybot.tenancy.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to a server on this machine, politely or not. */
final class Http {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    Http(int port) {
        this.port = port;
    }

    /** An answer. */
    record Answer(int status, List<String> headerLines, String body) {

        @Nullable
        String header(String name) {
            return headerLines.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse(null);
        }

        JsonNode json() {
            return JSON.readTree(body);
        }

        /** Status, code, and pointer and code of each field: {@code 400 invalid_request /name:format}. */
        String problem() {
            if (!"application/problem+json"
                    .equals(String.valueOf(header("Content-Type")).replace(";charset=UTF-8", ""))) {
                return status + " not a problem: " + body;
            }
            var json = json();
            if (json.path("status").asInt() != status
                    || !json.path("type")
                            .asString("")
                            .equals(ProblemCode.TYPE_PREFIX + json.path("code").asString())
                    || !json.path("traceId").asString("").matches("[0-9a-f]{32}")
                    || json.path("title").asString("").isBlank()
                    || json.path("detail").asString("").isBlank()) {
                return status + " not a whole problem: " + body;
            }
            var text = new StringBuilder(status + " " + json.path("code").asString());
            for (var error : json.path("errors")) {
                var in = error.path("in").asString("");
                text.append(' ')
                        .append(in)
                        .append(error.path("pointer").asString("?"))
                        .append(':')
                        .append(error.path("code").asString("?"));
            }
            return text.toString();
        }
    }

    Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Answer post(String path, String json, String... headers) {
        return send("POST", path, json, headers);
    }

    Answer send(String method, String path, @Nullable String body, String... headers) {
        return sendBytes(method, path, body == null ? null : body.getBytes(UTF_8), headers);
    }

    Answer sendBytes(String method, String path, byte @Nullable [] body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        request.method(
                method,
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        var hasType = Arrays.asList(headers).contains("Content-Type");
        if (body != null && !hasType) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            if (!headers[i + 1].isEmpty()) {
                request.header(headers[i], headers[i + 1]);
            }
        }
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().map().entrySet().stream()
                            .flatMap(entry -> entry.getValue().stream().map(value -> entry.getKey() + ": " + value))
                            .toList(),
                    response.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends bytes as they are ({@code \n} becomes CRLF) and reads until the server closes. */
    Answer raw(String text) {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            var end = answer.indexOf("\r\n\r\n");
            var head = List.of(answer.substring(0, end).split("\r\n", -1));
            var body = answer.substring(end + 4);
            var isChunked = head.stream().anyMatch(line -> line.equalsIgnoreCase("transfer-encoding: chunked"));
            return new Answer(
                    Integer.parseInt(head.getFirst().substring(9, 12)),
                    head.subList(1, head.size()),
                    isChunked ? dechunked(body) : body);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String dechunked(String body) {
        var text = new StringBuilder();
        for (var rest = body; !rest.isEmpty(); ) {
            var line = rest.indexOf("\r\n");
            var size = Integer.parseInt(rest.substring(0, line), 16);
            if (size == 0) {
                break;
            }
            text.append(rest, line + 2, line + 2 + size);
            rest = rest.substring(line + 4 + size);
        }
        return text.toString();
    }
}
