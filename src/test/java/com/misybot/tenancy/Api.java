package com.misybot.tenancy;

import com.misybot.tenancy.security.apikey.TestKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the service under test, as a caller would write one, that holds every answer against the {@link Contract}. */
public final class Api {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String base;
    private final @org.jspecify.annotations.Nullable String key;

    private Api(String base, @org.jspecify.annotations.Nullable String key) {
        this.base = base;
        this.key = key;
    }

    /** A client with a key that has all scopes. */
    public static Api operator(ApplicationContext context) {
        return with(context, TestKeys.operator(context));
    }

    /** A client with this key. */
    public static Api with(ApplicationContext context, String key) {
        return new Api(base(context), key);
    }

    /** A client without a credential. */
    public static Api anonymous(ApplicationContext context) {
        return new Api(base(context), null);
    }

    private static String base(ApplicationContext context) {
        var port = context.getBean(Environment.class).getRequiredProperty("local.server.port");
        return "http://127.0.0.1:" + port + "/api/v1";
    }

    /** A client of the service at this port of this machine, without a credential where there is no key. */
    public static Api at(int port, @org.jspecify.annotations.Nullable String key) {
        return new Api("http://127.0.0.1:" + port + "/api/v1", key);
    }

    /** A slug that no other test uses. */
    public static String freeSlug() {
        return "t" + Long.toString(System.nanoTime(), Character.MAX_RADIX) + NUMBER.incrementAndGet();
    }

    /** The body of a tenant with this slug and little else. */
    public static String tenant(String slug) {
        return "{\"tenantId\":\"%s\",\"business\":{\"name\":\"Acme Dental\"}}".formatted(slug);
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Answer post(String path, String json, String... headers) {
        return send("POST", path, json, headers);
    }

    public Answer put(String path, String json, String... headers) {
        return send("PUT", path, json, headers);
    }

    public Answer patch(String path, String json, String... headers) {
        return send("PATCH", path, json, headers);
    }

    public Answer delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    /** Sends any request; {@code headers} are names and values in turn. */
    public Answer send(String method, String path, @org.jspecify.annotations.Nullable String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        if (body != null) {
            request.header(
                    "Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
        }
        if (method.equals("POST") && path.equals("/tenants")) {
            // on a busy machine, too, a test goes on with a tenant that is active; what it sets itself comes after
            request.header("Prefer", "wait=30");
        }
        for (var i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            var answer = HTTP.send(request.build(), BodyHandlers.ofString());
            Contract.check(method, answer.uri().getRawPath(), answer);
            return new Answer(answer);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What came back. */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public JsonNode json() {
            return JsonMapper.shared().readTree(response.body());
        }

        /** The text of a field, empty where it is absent. */
        public String text(String pointer) {
            return json().at(pointer).asString("");
        }

        @Override
        public String toString() {
            return response.statusCode() + " " + response.body();
        }
    }
}
