package com.misybot.tenancy.context.signed;

import com.misybot.tenancy.keyring.SigningKeys;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** A key that signs contexts, or will. */
@Schema(name = "SigningKey")
record SigningKeyResponse(
        @Schema(
                description = "Names the key in `/.well-known/jwks.json` and in the header of what it signs.",
                example = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
        String kid,

        @Schema(description = "From when on it signs; it is published before.")
        Instant signsFrom) {

    static SigningKeyResponse from(SigningKeys.Successor made) {
        return new SigningKeyResponse(made.key().keyId(), made.signsFrom());
    }
}
