package com.misybot.tenancy.document.web;

import com.misybot.tenancy.document.transfer.DocumentImport;
import com.misybot.tenancy.document.transfer.ImportedLine;
import com.misybot.tenancy.document.transfer.ImportedLine.Status;
import com.misybot.tenancy.web.Outbox;
import com.misybot.tenancy.web.ProblemWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Writes results as lines of JSON. The answer begins with the first of them: what is refused before is a problem of its own. */
final class DocumentImportAnswer implements DocumentImport.Sink, AutoCloseable {

    private final HttpServletResponse response;
    private final String traceId;
    private final Map<Status, Long> counts = new EnumMap<>(Status.class);
    private @Nullable Outbox begun;

    DocumentImportAnswer(HttpServletResponse response, String traceId) {
        this.response = response;
        this.traceId = traceId;
    }

    @Override
    public void send(ImportedLine imported) throws IOException {
        counts.merge(imported.status(), 1L, Long::sum);
        var bytes = new ByteArrayOutputStream(128);
        var line = new StringBuilder(96)
                .append("{\"line\":")
                .append(imported.line())
                .append(",\"status\":\"")
                .append(word(imported.status()))
                .append('"');
        if (imported.id() != null) {
            // an id has nothing to escape
            line.append(",\"id\":\"").append(imported.id()).append('"');
        }
        if (imported.problem() != null) {
            print(bytes, line.append(",\"problem\":"));
            bytes.writeBytes(ProblemWriter.body(traceId, imported.problem()));
            line = new StringBuilder();
        }
        print(bytes, line.append("}\n"));
        outbox().put(bytes.toByteArray());
    }

    /** Ends the answer; returns when the client has been sent all of it. */
    void end() throws IOException {
        var line = new StringJoiner(",", "{\"summary\":{", "}}\n");
        for (var status : Status.values()) {
            line.add("\"" + word(status) + "\":" + counts.getOrDefault(status, 0L));
        }
        var outbox = outbox();
        outbox.put(line.toString().getBytes(StandardCharsets.UTF_8));
        outbox.end();
    }

    /** Returns when nothing writes to the response any more, however the import ended. */
    @Override
    public void close() throws IOException {
        if (begun != null) {
            begun.close();
        }
    }

    private Outbox outbox() throws IOException {
        if (begun == null) {
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType(DocumentListController.NDJSON);
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            begun = new Outbox(response.getOutputStream());
        }
        return begun;
    }

    private static void print(ByteArrayOutputStream out, StringBuilder text) {
        out.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
