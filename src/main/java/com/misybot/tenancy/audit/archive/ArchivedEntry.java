package com.misybot.tenancy.audit.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.audit.Chained;
import com.misybot.tenancy.audit.Entry;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code entries.ndjson}: everything that is hashed, under the names of {@code docs/audit.md}.
 *
 * @param details the text that was hashed, absent where it was shredded
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ArchivedEntry(
        UUID tenant,
        long seq,
        UUID id,
        String at,
        String actorKind,
        String actorId,
        @Nullable String keyId,
        @Nullable String network,
        String action,
        String resource,
        Entry.Outcome outcome,
        @Nullable String reason,
        @Nullable String ticket,
        @Nullable String requestId,
        @Nullable String details,
        String detailsDigest,
        long checkpoint,
        String previous,
        String hash) {

    static ArchivedEntry from(Chained chained) {
        var entry = chained.entry();
        var hex = HexFormat.of();
        return new ArchivedEntry(
                chained.tenant(),
                chained.seq(),
                entry.id(),
                entry.atText(),
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
                hex.formatHex(chained.detailsDigest()),
                chained.checkpoint(),
                hex.formatHex(chained.previous()),
                hex.formatHex(chained.hash()));
    }

    Chained toChained() {
        var hex = HexFormat.of();
        return new Chained(
                tenant,
                seq,
                new Entry(
                        id,
                        Instant.parse(at),
                        actorKind,
                        actorId,
                        keyId,
                        network,
                        action,
                        resource,
                        outcome,
                        reason,
                        ticket,
                        requestId,
                        details),
                hex.parseHex(detailsDigest),
                checkpoint,
                hex.parseHex(previous),
                hex.parseHex(hash));
    }
}
