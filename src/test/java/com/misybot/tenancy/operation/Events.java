package com.misybot.tenancy.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client reads of a stream. */
final class Events implements AutoCloseable {

    final int status;
    final String type;
    final List<Long> ids = new ArrayList<>();
    private final InputStream stream;
    private final BufferedReader lines;

    Events(HttpResponse<InputStream> response) {
        status = response.statusCode();
        type = response.headers().firstValue("Content-Type").orElse("");
        stream = response.body();
        lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    @Nullable
    String line() throws IOException {
        var line = lines.readLine();
        while (line != null && (line.isEmpty() || line.startsWith(":"))) {
            line = lines.readLine();
        }
        return line;
    }

    void untilComment() throws IOException {
        var line = lines.readLine();
        while (line != null && !line.startsWith(":")) {
            note(line);
            line = lines.readLine();
        }
        assertThat(line).isNotNull();
    }

    String until(java.util.function.Predicate<String> data) throws IOException {
        for (var line = line(); line != null; line = line()) {
            note(line);
            if (line.startsWith("data: ") && data.test(line)) {
                return line.substring("data: ".length());
            }
        }
        throw new AssertionError("The stream ended before that was told");
    }

    String rest() throws IOException {
        var rest = new StringBuilder();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            rest.append(line);
        }
        return rest.toString();
    }

    private void note(String line) {
        if (line.startsWith("id: ")) {
            ids.add(Long.parseLong(line.substring("id: ".length())));
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
