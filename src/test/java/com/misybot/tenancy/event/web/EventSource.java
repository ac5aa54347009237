package com.misybot.tenancy.event.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client of server-sent events does (HTML, section 9.2.6): it keeps the last id and dispatches what has data. */
final class EventSource implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final int status;
    private final BufferedReader lines;
    String lastId = "";

    /** An event as it came. */
    record Message(String name, JsonNode data) {}

    private EventSource(int status, BufferedReader lines) {
        this.status = status;
        this.lines = lines;
    }

    static EventSource open(ApplicationContext context, String key, String path, @Nullable String lastEventId)
            throws IOException, InterruptedException {
        var port = context.getBean(Environment.class).getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
                .header("Authorization", "Bearer " + key)
                .header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        var response = HTTP.send(request.build(), BodyHandlers.ofInputStream());
        return new EventSource(
                response.statusCode(), new BufferedReader(new InputStreamReader(response.body(), UTF_8)));
    }

    /** The next event with data. */
    Message next() throws IOException {
        var name = "message";
        var data = new ArrayList<String>();
        while (true) {
            var line = lines.readLine();
            if (line == null) {
                throw new AssertionError("The stream has ended");
            }
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    return new Message(name, JsonMapper.shared().readTree(String.join("\n", data)));
                }
                name = "message";
            } else if (line.startsWith("id: ")) {
                lastId = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data.add(line.substring(6));
            } else if (!line.startsWith(":") && !line.startsWith("retry: ")) {
                throw new AssertionError("No line of this stream: " + line);
            }
        }
    }

    /** The next events with data. */
    List<Message> next(int count) throws IOException {
        var messages = new ArrayList<Message>();
        while (messages.size() < count) {
            messages.add(next());
        }
        return messages;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
