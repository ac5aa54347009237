package com.misybot.tenancy.audit;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * A trail of any length, as it would be after so many changes.
 *
 * @param tenant whose
 */
public record MadeTrail(UUID tenant) {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00.123456Z");
    private static final String COPY = """
            copy audit_entry (tenant, seq, at, change, actor_kind, actor_id, action, resource, outcome, reason, details,
                details_digest, checkpoint, previous, hash) from stdin""";

    /** Writes it from its first entry on. */
    public void write(Connection connection, int entries) throws SQLException {
        var cause = Cause.of(Actor.system("bench"));
        try (var rows = new PGCopyOutputStream(connection.unwrap(PGConnection.class), COPY, 1 << 16)) {
            var previous = new byte[Digests.LENGTH];
            for (var seq = 1L; seq <= entries; seq++) {
                var details = "{\"fields\":{\"business.name\":{\"after\":\"Acme Dental " + seq
                        + "\",\"before\":\"Acme\"}},\"salt\":\"00000000000000000000000000000000\"}";
                var entry = Entry.of(
                        new UUID(0x7000, 0x8000_0000_0000_0000L | seq),
                        BEGIN.plusSeconds(seq),
                        "tenant.updated",
                        "acme-dental",
                        Entry.Outcome.DONE,
                        cause,
                        details);
                var digest = Digests.details(details);
                var hash = Digests.entry(tenant, seq, 0, previous, Digests.body(entry, digest));
                rows.write(line(seq, entry, details, digest, previous, hash));
                previous = hash;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] line(long seq, Entry entry, String details, byte[] digest, byte[] previous, byte[] hash) {
        return String.join(
                        "\t",
                        tenant.toString(),
                        Long.toString(seq),
                        entry.atText(),
                        entry.id().toString(),
                        entry.actorKind(),
                        entry.actorId(),
                        entry.action(),
                        entry.resource(),
                        entry.outcome().name(),
                        "\\N",
                        details,
                        hex(digest),
                        "0",
                        hex(previous),
                        hex(hash) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return "\\\\x" + HexFormat.of().formatHex(bytes);
    }
}
