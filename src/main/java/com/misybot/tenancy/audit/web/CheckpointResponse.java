package com.misybot.tenancy.audit.web;

import com.misybot.tenancy.audit.Checkpoint;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/** A signed head of a trail. */
@Schema(name = "AuditCheckpoint")
record CheckpointResponse(
        @Schema(description = "Number of the entry it is about.", minimum = "1")
        long seq,

        @Schema(description = "Hash of that entry, in hexadecimal.", minLength = 64, maxLength = 64)
        String hash,

        @Schema(description = "When it was signed.") Instant at,

        @Schema(description = "Number of the checkpoint before, 0 where there is none.", minimum = "0")
        long previous,

        @Schema(description = "Whether entries before this one may be deleted.")
        boolean sealed,

        @Schema(description = "The key that signed: thumbprint of its JWK (RFC 7638).", maxLength = 43)
        String kid,

        @Schema(description = "That key, Ed25519, 32 bytes in base64url.", maxLength = 43)
        String publicKey,

        @Schema(description = "Ed25519 signature over what docs/audit.md says, in base64url.", maxLength = 86)
        String signature) {

    static CheckpointResponse from(Checkpoint checkpoint) {
        var base64 = Base64.getUrlEncoder().withoutPadding();
        return new CheckpointResponse(
                checkpoint.seq(),
                HexFormat.of().formatHex(checkpoint.hash()),
                checkpoint.at(),
                checkpoint.previous(),
                checkpoint.sealed(),
                checkpoint.kid(),
                base64.encodeToString(checkpoint.publicKey()),
                base64.encodeToString(checkpoint.signature()));
    }
}
