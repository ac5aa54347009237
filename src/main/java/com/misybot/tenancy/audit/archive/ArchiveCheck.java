package com.misybot.tenancy.audit.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.misybot.tenancy.audit.ChainCheck;
import com.misybot.tenancy.audit.ChainCheck.Fault;
import com.misybot.tenancy.audit.ChainCheck.Why;
import com.misybot.tenancy.audit.Checkpoint;
import com.misybot.tenancy.audit.Verification.Kept;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Verifies an archive with nothing but the archive. Holds its checkpoints and one entry at a time. */
final class ArchiveCheck {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ArchiveCheck() {}

    /**
     * What was found.
     *
     * @param entries how many were good
     * @param last number of the last of them
     * @param keys ids of the keys that have signed
     * @param fault the first thing that is wrong; null where all is as it was written
     */
    record Outcome(
            long entries,
            long last,
            SortedSet<String> keys,
            @Nullable Fault fault) {}

    static Outcome verify(Path archive, @Nullable Kept kept) throws IOException {
        try (var zip = new ZipFile(archive.toFile())) {
            var checkpoints = checkpoints(zip);
            var keys = new TreeSet<String>();
            checkpoints.values().forEach(checkpoint -> keys.add(checkpoint.kid()));
            try (var lines = lines(zip, ArchiveWriter.ENTRIES)) {
                var first = lines.readLine();
                if (first == null) {
                    return new Outcome(0, 0, keys, new Fault(1, Why.SEQUENCE, "There is no entry."));
                }
                var check = new ChainCheck(read(first).tenant());
                var fault = follow(check, first, lines, checkpoints, kept);
                if (fault == null && !checkpoints.isEmpty()) {
                    fault = check.end(checkpoints.lastKey());
                }
                if (fault == null && (checkpoints.isEmpty() || checkpoints.lastKey() < check.last())) {
                    fault = new Fault(check.last(), Why.CHECKPOINT_MISSING, "No checkpoint signs the end.");
                }
                if (fault == null && kept != null && kept.seq() > check.last()) {
                    fault = new Fault(kept.seq(), Why.READERS_CHECKPOINT, "It ends before your checkpoint.");
                }
                return new Outcome(check.entries(), check.last(), keys, fault);
            }
        }
    }

    private static @Nullable Fault follow(
            ChainCheck check,
            String first,
            BufferedReader lines,
            NavigableMap<Long, Checkpoint> checkpoints,
            @Nullable Kept kept)
            throws IOException {
        @Nullable String line = first;
        while (line != null) {
            var entry = read(line).toChained();
            var fault = check.next(entry, checkpoints.get(entry.seq()), true);
            if (fault == null
                    && kept != null
                    && kept.seq() == entry.seq()
                    && !Arrays.equals(kept.hash(), entry.hash())) {
                fault = new Fault(entry.seq(), Why.READERS_CHECKPOINT, "Your checkpoint says another hash.");
            }
            if (fault != null) {
                return fault;
            }
            line = lines.readLine();
        }
        return null;
    }

    private static NavigableMap<Long, Checkpoint> checkpoints(ZipFile zip) throws IOException {
        var found = new TreeMap<Long, Checkpoint>();
        try (var lines = lines(zip, ArchiveWriter.CHECKPOINTS)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var checkpoint = JSON.readValue(line, ArchivedCheckpoint.class).toCheckpoint();
                found.put(checkpoint.seq(), checkpoint);
            }
        }
        return found;
    }

    private static ArchivedEntry read(String line) {
        return JSON.readValue(line, ArchivedEntry.class);
    }

    private static BufferedReader lines(ZipFile zip, String name) throws IOException {
        var entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("The archive has no " + name);
        }
        return new BufferedReader(new InputStreamReader(zip.getInputStream(entry), UTF_8));
    }
}
