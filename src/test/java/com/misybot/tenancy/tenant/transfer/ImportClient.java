package com.misybot.tenancy.tenant.transfer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends imports over HTTP as their callers do, and reads the results. */
public final class ImportClient {

    static final String NDJSON = "application/x-ndjson";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final String key;

    public ImportClient(int port, String key) {
        this.base = "http://localhost:" + port + "/api/v1";
        this.key = key;
    }

    /** The same client with another key. */
    ImportClient with(String otherKey) {
        return new ImportClient(Integer.parseInt(base.replaceAll("\\D+(\\d+)/.*", "$1")), otherKey);
    }

    public Answer send(String query, String body) {
        return send(query, NDJSON, body.getBytes(StandardCharsets.UTF_8));
    }

    Answer send(String query, String type, byte[] body) {
        return send(query, type, HttpRequest.BodyPublishers.ofByteArray(body));
    }

    /** Sends without a length, in chunks. */
    Answer stream(String query, Supplier<InputStream> body) {
        return send(query, NDJSON, HttpRequest.BodyPublishers.ofInputStream(body));
    }

    private Answer send(String query, String type, HttpRequest.BodyPublisher body) {
        var request = request("/tenants/import" + query)
                .header("Content-Type", type)
                .POST(body)
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    lines(answer.body()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + key);
    }

    /** What a GET answers; its status is asserted by who asks. */
    HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        return http.send(
                request(path).header("Accept", accept).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return http.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    JsonNode tenant(String slug) {
        try {
            var answer = get("/tenants/" + slug, "application/json");
            return answer.statusCode() == 200
                    ? JSON.readTree(answer.body())
                    : JSON.getNodeFactory().missingNode();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<JsonNode> lines(InputStream body) throws IOException {
        var lines = new ArrayList<JsonNode>();
        try (var reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }

    /** The lines of an answer; of a problem, its one line. */
    public record Answer(int status, String type, List<JsonNode> lines) {

        List<JsonNode> results() {
            return lines.subList(0, lines.size() - 1);
        }

        JsonNode summary() {
            return lines.getLast().path("summary");
        }

        /** {@code created}, or the code of the problem. */
        List<String> outcomes() {
            return results().stream().map(Answer::outcome).toList();
        }

        Stream<JsonNode> refused() {
            return results().stream()
                    .filter(line -> line.path("status").asString("").equals("refused"));
        }

        static String outcome(JsonNode line) {
            var problem = line.path("problem");
            return (problem.isMissingNode() ? line.path("status") : problem.path("code")).asString("");
        }
    }
}
