package com.misybot.tenancy.audit.archive;

import com.misybot.tenancy.audit.Checkpoint;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/** A line of {@code checkpoints.ndjson}. */
record ArchivedCheckpoint(
        UUID tenant,
        long seq,
        String hash,
        Instant at,
        long previous,
        boolean sealed,
        String kid,
        String publicKey,
        String signature) {

    static ArchivedCheckpoint from(Checkpoint checkpoint) {
        var base64 = Base64.getUrlEncoder().withoutPadding();
        return new ArchivedCheckpoint(
                checkpoint.tenant(),
                checkpoint.seq(),
                HexFormat.of().formatHex(checkpoint.hash()),
                checkpoint.at(),
                checkpoint.previous(),
                checkpoint.sealed(),
                checkpoint.kid(),
                base64.encodeToString(checkpoint.publicKey()),
                base64.encodeToString(checkpoint.signature()));
    }

    Checkpoint toCheckpoint() {
        var base64 = Base64.getUrlDecoder();
        return new Checkpoint(
                tenant,
                seq,
                HexFormat.of().parseHex(hash),
                at,
                previous,
                sealed,
                kid,
                base64.decode(publicKey),
                base64.decode(signature));
    }
}
