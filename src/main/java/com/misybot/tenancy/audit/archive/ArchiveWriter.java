package com.misybot.tenancy.audit.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.misybot.tenancy.audit.Checkpoint;
import com.misybot.tenancy.audit.Checkpoints;
import com.misybot.tenancy.audit.Entries;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes the archive of a trail up to a checkpoint, while it is read and in constant memory. */
@Component
public class ArchiveWriter {

    static final String ENTRIES = "entries.ndjson";
    static final String CHECKPOINTS = "checkpoints.ndjson";

    private static final int BATCH = 5_000;

    private final Entries entries;
    private final Checkpoints checkpoints;
    private final JsonMapper json;

    ArchiveWriter(Entries entries, Checkpoints checkpoints, JsonMapper json) {
        this.entries = entries;
        this.checkpoints = checkpoints;
        this.json = json;
    }

    /** Writes entries 1 to {@code last}, which a checkpoint is about, and every checkpoint up to that one. */
    public void write(UUID tenant, long last, OutputStream out) throws IOException {
        var zip = new ZipOutputStream(out, UTF_8);
        zip.putNextEntry(new ZipEntry("FORMAT.txt"));
        try (var format = new ClassPathResource("audit-format.txt").getInputStream()) {
            format.transferTo(zip);
        }
        zip.putNextEntry(new ZipEntry(ENTRIES));
        writeEntries(tenant, last, zip);
        zip.putNextEntry(new ZipEntry(CHECKPOINTS));
        var keys = writeCheckpoints(tenant, last, zip);
        zip.putNextEntry(new ZipEntry("keys.json"));
        zip.write(json.writeValueAsBytes(Map.of("keys", new ArrayList<>(keys.values()))));
        zip.finish();
    }

    private void writeEntries(UUID tenant, long last, OutputStream out) throws IOException {
        var next = 1L;
        while (next <= last) {
            var batch = entries.from(tenant, next, (int) Math.min(BATCH, last - next + 1));
            for (var entry : batch) {
                if (entry.seq() > last) {
                    return;
                }
                out.write(json.writeValueAsBytes(ArchivedEntry.from(entry)));
                out.write('\n');
                next = entry.seq() + 1;
            }
            if (batch.isEmpty()) {
                return;
            }
        }
    }

    private Map<String, Map<String, String>> writeCheckpoints(UUID tenant, long last, OutputStream out)
            throws IOException {
        var keys = new LinkedHashMap<String, Map<String, String>>();
        for (var checkpoint : checkpoints.between(tenant, 1, last)) {
            var archived = ArchivedCheckpoint.from(checkpoint);
            out.write(json.writeValueAsBytes(archived));
            out.write('\n');
            keys.putIfAbsent(checkpoint.kid(), jwk(checkpoint, archived));
        }
        return keys;
    }

    private static Map<String, String> jwk(Checkpoint checkpoint, ArchivedCheckpoint archived) {
        var jwk = new LinkedHashMap<String, String>();
        jwk.put("kty", "OKP");
        jwk.put("crv", "Ed25519");
        jwk.put("kid", checkpoint.kid());
        jwk.put("x", archived.publicKey());
        return jwk;
    }
}
