package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.tenant.transfer.ImportResult;
import com.misybot.tenancy.tenant.transfer.ImportResult.Status;
import com.misybot.tenancy.tenant.transfer.ImportSink;
import com.misybot.tenancy.tenant.transfer.ImportSummary;
import com.misybot.tenancy.web.Outbox;
import com.misybot.tenancy.web.ProblemWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes results as lines of JSON. The answer begins with the first of them: what is refused before is a problem of its own. */
final class ImportAnswer implements ImportSink, AutoCloseable {

    static final String NDJSON = "application/x-ndjson";

    private final HttpServletResponse response;
    private final String traceId;
    private @Nullable Outbox begun;

    ImportAnswer(HttpServletResponse response, String traceId) {
        this.response = response;
        this.traceId = traceId;
    }

    @Override
    public void send(List<ImportResult> results) throws IOException {
        var lines = new ByteArrayOutputStream(results.size() * 96);
        for (var result : results) {
            var line = new StringBuilder(96)
                    .append("{\"line\":")
                    .append(result.line())
                    .append(",\"status\":\"")
                    .append(word(result.status()))
                    .append('"');
            if (result.tenantId() != null) {
                // a slug has nothing to escape
                line.append(",\"tenantId\":\"").append(result.tenantId()).append('"');
            }
            if (result.problem() != null) {
                print(lines, line.append(",\"problem\":"));
                lines.writeBytes(ProblemWriter.body(traceId, result.problem()));
                line = new StringBuilder();
            }
            print(lines, line.append("}\n"));
        }
        outbox().put(lines.toByteArray());
    }

    /** Ends the answer; returns when the client has been sent all of it. */
    void end(ImportSummary summary, boolean dryRun) throws IOException {
        var line = new StringBuilder("{\"summary\":{\"lines\":").append(summary.lines());
        for (var status : Status.values()) {
            line.append(",\"").append(word(status)).append("\":").append(summary.count(status));
        }
        line.append(",\"blank\":").append(summary.blank());
        line.append(",\"dryRun\":").append(dryRun).append("}}\n");
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
            response.setContentType(NDJSON);
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
