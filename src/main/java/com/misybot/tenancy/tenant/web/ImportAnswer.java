package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.tenant.transfer.ImportResult;
import com.misybot.tenancy.tenant.transfer.ImportResult.Status;
import com.misybot.tenancy.tenant.transfer.ImportSink;
import com.misybot.tenancy.tenant.transfer.ImportSummary;
import com.misybot.tenancy.web.ProblemWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes results as lines of JSON. The answer begins with the first of them: what is refused before is a problem of its own. */
final class ImportAnswer implements ImportSink {

    static final String NDJSON = "application/x-ndjson";

    private static final int BUFFER = 32 * 1024;

    private final HttpServletResponse response;
    private final String traceId;
    private @Nullable OutputStream begun;

    ImportAnswer(HttpServletResponse response, String traceId) {
        this.response = response;
        this.traceId = traceId;
    }

    @Override
    public void send(List<ImportResult> results) throws IOException {
        var out = out();
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
                print(out, line.append(",\"problem\":"));
                out.write(ProblemWriter.body(traceId, result.problem()));
                line = new StringBuilder();
            }
            print(out, line.append("}\n"));
        }
        out.flush();
    }

    void end(ImportSummary summary, boolean dryRun) throws IOException {
        var line = new StringBuilder("{\"summary\":{\"lines\":").append(summary.lines());
        for (var status : Status.values()) {
            line.append(",\"").append(word(status)).append("\":").append(summary.count(status));
        }
        line.append(",\"blank\":").append(summary.blank());
        line.append(",\"dryRun\":").append(dryRun).append("}}\n");
        var out = out();
        print(out, line);
        out.flush();
    }

    private OutputStream out() throws IOException {
        if (begun == null) {
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType(NDJSON);
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            begun = new BufferedOutputStream(response.getOutputStream(), BUFFER);
        }
        return begun;
    }

    private static void print(OutputStream out, StringBuilder text) throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
