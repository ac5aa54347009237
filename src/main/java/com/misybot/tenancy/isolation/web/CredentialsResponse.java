package com.misybot.tenancy.isolation.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.isolation.redis.RedisNamespaces;
import com.misybot.tenancy.kernel.OneTimeSecret;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a platform service logs in to Redis with for one tenant. */
@Schema(
        name = "RedisCredentials",
        requiredProperties = {"username", "keyPrefix", "channelPrefix", "generation", "issuedAt", "issuedBy"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record CredentialsResponse(
        @Schema(
                description = "The user of Redis.",
                example = "tenant-01930000-0000-7000-8000-00000000000a",
                maxLength = 43)
        String username,

        @Schema(
                description = "Keys must begin so; the braces are part of it.",
                example = "t:{01930000-0000-7000-8000-00000000000a}:app:",
                maxLength = 45)
        String keyPrefix,

        @Schema(
                description =
                        "Channels must begin so. PSUBSCRIBE takes this with a star behind it and no other pattern.",
                example = "t:{01930000-0000-7000-8000-00000000000a}:app:",
                maxLength = 45)
        String channelPrefix,

        @Schema(description = "Raised by every change.") long generation,
        Instant issuedAt,

        @Schema(description = "Who wanted it.", example = "operator:ops-anna", maxLength = 200)
        String issuedBy,

        @Nullable
        @Schema(
                types = {"string", "null"},
                description = "Shown this once; null where the request is repeated under its Idempotency-Key.",
                maxLength = 40)
        OneTimeSecret password,

        @Nullable @Schema(description = "That a password was issued and is not shown again.")
        Boolean secretWithheld) {

    static CredentialsResponse from(RedisNamespaces.Issued issued) {
        return from(issued.credentials(), issued.password());
    }

    static CredentialsResponse from(RedisNamespaces.Credentials credentials) {
        return from(credentials, null);
    }

    private static CredentialsResponse from(RedisNamespaces.Credentials credentials, @Nullable OneTimeSecret password) {
        return new CredentialsResponse(
                credentials.username(),
                credentials.prefix(),
                credentials.prefix(),
                credentials.generation(),
                credentials.issuedAt(),
                credentials.issuedBy(),
                password,
                null);
    }
}
