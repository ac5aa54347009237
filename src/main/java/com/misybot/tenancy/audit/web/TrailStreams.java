package com.misybot.tenancy.audit.web;

import com.misybot.tenancy.audit.Chained;
import com.misybot.tenancy.audit.Entries;
import com.misybot.tenancy.audit.EntryFilter;
import com.misybot.tenancy.web.CsvCells;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes trails of any length in constant memory, batch by batch. What fails after the first batch breaks the connection off. */
@Component
class TrailStreams {

    static final String NDJSON = "application/x-ndjson";
    static final String CSV = "text/csv";
    static final String CSV_EXAMPLE = """
            seq,at,actorKind,actorId,keyId,network,action,resource,outcome,reason,ticket,requestId,details,checkpoint,hash
            1,2026-03-01T12:00:00.123456Z,OPERATOR,anna,Vb3kq0Zp,192.0.2.0/24,tenant.created,acme-dental,DONE,,,4bf92f3577b34da6a3ce929d0e0e4736,"{""fields"":{}}",0,2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
            """;

    private static final List<String> HEADER = List.of(
            "seq",
            "at",
            "actorKind",
            "actorId",
            "keyId",
            "network",
            "action",
            "resource",
            "outcome",
            "reason",
            "ticket",
            "requestId",
            "details",
            "checkpoint",
            "hash");

    private final Entries entries;
    private final JsonMapper json;

    TrailStreams(Entries entries, JsonMapper json) {
        this.entries = entries;
        this.json = json;
    }

    /** Writes some entries and hands them on. */
    private interface Form {
        void write(List<Chained> batch) throws IOException;
    }

    /** Begins an answer, once it is clear that there is one. */
    private interface Beginning {
        Form begin() throws IOException;
    }

    void ndjson(UUID tenant, EntryFilter filter, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        write(tenant, filter, request, response, NDJSON, () -> {
            var out = response.getOutputStream();
            return batch -> {
                for (var entry : batch) {
                    out.write(json.writeValueAsBytes(EntryResponse.from(entry)));
                    out.write('\n');
                }
                out.flush();
            };
        });
    }

    void csv(UUID tenant, EntryFilter filter, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        write(tenant, filter, request, response, CSV + ";charset=UTF-8;header=present", () -> {
            var out = response.getWriter();
            var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out);
            csv.writeRecord(HEADER);
            return batch -> {
                batch.forEach(entry -> csv.writeRecord(cells(entry)));
                csv.flush();
                out.flush();
                // a writer of the container keeps its errors to itself
                if (out.checkError()) {
                    throw new IOException("The caller went away");
                }
            };
        });
    }

    private void write(
            UUID tenant,
            EntryFilter filter,
            HttpServletRequest request,
            HttpServletResponse response,
            String type,
            Beginning beginning)
            throws IOException {
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            response.setContentType(type);
            return;
        }
        var batch = entries.latest(tenant, filter, null, Entries.BATCH);
        response.setContentType(type);
        var form = beginning.begin();
        while (true) {
            form.write(batch);
            if (batch.size() < Entries.BATCH) {
                return;
            }
            batch = entries.latest(tenant, filter, batch.getLast().seq(), Entries.BATCH);
        }
    }

    private static List<String> cells(Chained chained) {
        var entry = chained.entry();
        return Stream.<@Nullable Object>of(
                        chained.seq(),
                        entry.at(),
                        entry.actorKind(),
                        entry.actorId(),
                        entry.keyId(),
                        entry.network(),
                        entry.action(),
                        entry.resource(),
                        entry.outcome(),
                        entry.reason(),
                        entry.ticket(),
                        entry.requestId(),
                        entry.details(),
                        chained.checkpoint(),
                        HexFormat.of().formatHex(chained.hash()))
                .map(value -> CsvCells.guard(Objects.toString(value, "")))
                .toList();
    }
}
