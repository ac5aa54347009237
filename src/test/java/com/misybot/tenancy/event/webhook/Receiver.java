package com.misybot.tenancy.event.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who is told: keeps what came, and answers as a test wants. */
final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads;
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private volatile Function<Message, Answer> answers = _ -> Answer.of(200);

    /** What came. */
    record Message(Map<String, List<String>> headers, String body) {

        String id() {
            return header("webhook-id");
        }

        String signature() {
            return header("webhook-signature");
        }

        String timestamp() {
            return header("webhook-timestamp");
        }

        private String header(String name) {
            return Objects.requireNonNull(headers.get(name)).getFirst();
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        String type() {
            return json().path("type").asString("");
        }

        long sequence() {
            return Long.parseLong(json().path("sequence").asString("0"));
        }

        boolean isSignedWith(String secret) throws Exception {
            try {
                new Webhook(secret).verify(body, headers);
                return true;
            } catch (WebhookVerificationException _) {
                return false;
            }
        }
    }

    /** What is answered. */
    record Answer(int status, Map<String, String> headers) {
        static Answer of(int status) {
            return new Answer(status, Map.of());
        }
    }

    Receiver() {
        this("127.0.0.1", 0, Executors.newSingleThreadExecutor());
    }

    Receiver(String address, int port) {
        this(address, port, Executors.newSingleThreadExecutor());
    }

    /** One that can keep many waiting at once; of others what came first stands first. */
    static Receiver ofMany() {
        return new Receiver("127.0.0.1", 0, Executors.newVirtualThreadPerTaskExecutor());
    }

    private Receiver(String address, int port, ExecutorService threads) {
        this.threads = threads;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), port), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hook";
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Message> messages() {
        return messages;
    }

    List<Message> of(String type) {
        return messages.stream().filter(message -> message.type().equals(type)).toList();
    }

    Receiver answers(int status) {
        answers = _ -> Answer.of(status);
        return this;
    }

    Receiver answers(Function<Message, Answer> how) {
        answers = how;
        return this;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new java.util.TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(exchange.getRequestHeaders());
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var message = new Message(headers, body);
            messages.add(message);
            var answer = answers.apply(message);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
