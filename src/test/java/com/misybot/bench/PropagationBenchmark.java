package com.misybot.bench;

import com.misybot.bench.ChannelDoor.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long the other of two instances still accepts what is a tenant's after its suspension was answered with {@code
 * Misy-Propagation: done}: its site, its secret and its session, each asked for without a pause.
 */
record PropagationBenchmark(ServiceProcess first, Options options, Results results) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final double PROMISED_MILLIS = 2_000;
    private static final double USUAL_MILLIS = 250;

    private record Tenant(String slug, String site, String secret, String session) {}

    void run() {
        try (var door = new ChannelDoor(first.redis());
                var second = JarProcess.start(first, Map.of("SPRING_DATA_REDIS_URL", door.url()))) {
            measure(Channel.UP, 20, door, second.url()); // both are warm then
            for (var channel : Channel.values()) {
                var millis = measure(channel, options.suspensions(), door, second.url());
                var name = channel.name().toLowerCase(Locale.ROOT);
                if (channel == Channel.UP) {
                    var p99 = millis[(int) Math.ceil(millis.length * 0.99) - 1];
                    results.latency("felt by the other instance, channel up, p99", p99, USUAL_MILLIS);
                }
                results.latency(
                        "felt by the other instance, channel " + name + ", longest",
                        millis[millis.length - 1],
                        PROMISED_MILLIS);
            }
        }
    }

    private double[] measure(Channel channel, int times, ChannelDoor door, String other) {
        door.set(channel);
        var millis = new double[times];
        for (var i = 0; i < times; i++) {
            millis[i] =
                    felt(register("p-%s-%d-%d".formatted(channel.name().toLowerCase(Locale.ROOT), times, i)), other);
        }
        Arrays.sort(millis);
        return millis;
    }

    private Tenant register(String slug) {
        var site = "site_" + slug;
        var created = json(send(first.url(), "/tenants", """
                {"tenantId":"%s","siteId":"%s","business":{"name":"P"},"allowedOrigins":["https://p.example"]}""".formatted(slug, site)));
        var session = json(send(first.url(), "/sessions", """
                {"siteId":"%s","origin":"https://p.example","clientAddress":"192.0.2.1"}""".formatted(site)));
        return new Tenant(
                slug,
                site,
                created.at("/secret").asString(),
                session.at("/token").asString());
    }

    /** Milliseconds from the answer to the suspension to the last question that was answered the old way. */
    private double felt(Tenant tenant, String other) {
        if (!accepts(tenant, other)) {
            throw new IllegalStateException("The other instance does not know the tenant");
        }
        while (true) {
            var answer = send(first.url(), "/tenants/" + tenant.slug() + "/suspend", "{\"reason\":\"measured\"}");
            var answered = System.nanoTime();
            if (answer.headers().firstValue("Misy-Propagation").orElse("").equals("done")) {
                var last = answered;
                for (var asked = answered; accepts(tenant, other); asked = System.nanoTime()) {
                    last = asked;
                }
                return (last - answered) / 1e6;
            }
            send(first.url(), "/tenants/" + tenant.slug() + "/resume", "{}");
        }
    }

    /** Whether any of the three is accepted. */
    private boolean accepts(Tenant tenant, String url) {
        var resolved = send(url, "/context?siteId=" + tenant.site() + "&origin=https://p.example", null);
        var verified = json(send(url, "/secrets/verify", "{\"secret\":\"" + tenant.secret() + "\"}"));
        var introspected = json(send(url, "/sessions/introspect", "{\"token\":\"" + tenant.session() + "\"}"));
        return resolved.statusCode() == 200
                || verified.at("/valid").asBoolean()
                || introspected.at("/active").asBoolean();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private HttpResponse<String> send(String url, String path, @org.jspecify.annotations.Nullable String body) {
        var request = HttpRequest.newBuilder(URI.create(url + "/api/v1" + path))
                .header("Authorization", "Bearer " + first.key());
        if (body != null) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
