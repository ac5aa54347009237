package com.misybot.tenancy.security.apikey;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.security.access.AccessScope;
import com.misybot.tenancy.security.access.Network;
import com.misybot.tenancy.web.ETags;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An API key as the API shows it. */
@Schema(name = "ApiKey")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ApiKeyResponse(
        @Schema(description = "Names the key; a part of the token.", example = "0Az9Zz5q2W7E")
        String keyId,

        @Schema(
                description =
                        "Who acts with the key. Stays the same when the key is rotated, and is never given to another.",
                example = "ops-anna")
        String principal,

        @Schema(description = "For people.", example = "Anna, operations")
        String name,

        ApiKey.Kind kind,
        ApiKey.Status status,

        @Schema(description = "What the key may do.") List<AccessScope> scopes,

        @Schema(description = "The tenants the key may see at all.")
        ReachBody reach,

        @Schema(description = "Networks the key may come from; none means any.", example = "[\"10.0.0.0/8\"]")
        List<String> networks,

        @Schema(
                description = "Audiences it may ask signed contexts for; `*` is any, none is none.",
                example = "[\"https://chat.misybot.com\"]")
        List<String> audiences,

        @Nullable @Schema(description = "From when on the key is refused.")
        Instant expiresAt,

        Instant createdAt,

        @Schema(description = "Who made it.", example = "operator:ops-anna")
        String createdBy,

        @Nullable Instant revokedAt,
        @Nullable String revokedBy,

        @Nullable @Schema(description = "The key it was rotated from.")
        String replaces,

        @Nullable @Schema(description = "The key it was rotated to.")
        String replacedBy,

        @Nullable @Schema(description = "About when the key was last used: written at most once a minute.")
        Instant lastUsedAt,

        @Schema(description = "Raised by every change, and by every recorded use.")
        long version,

        @Nullable
        @Schema(
                type = "string",
                description = "The token itself, for `Authorization: Bearer …`. Shown this once.",
                example = "misy_op_0Az9Zz5q2W7E_…")
        OneTimeSecret secret) {

    /** The tenants a key may see. A dimension left out does not limit; every one given must match. */
    @Schema(name = "ApiKeyReach")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record ReachBody(
            @Nullable @Schema(description = "tenantIds", example = "[\"acme-dental\"]")
            List<String> tenants,

            @Nullable @Schema(description = "Labels a tenant must carry, all of them.", example = "{\"tier\":\"vip\"}")
            Map<String, String> labels,

            @Nullable List<String> plans,
            @Nullable List<String> regions) {

        static ReachBody from(Reach reach) {
            return new ReachBody(
                    reach.tenants().stream().map(Object::toString).sorted().toList(),
                    reach.labels(),
                    reach.plans().stream().sorted().toList(),
                    reach.regions().stream().sorted().toList());
        }
    }

    /** The version, and whether the key has expired: that comes with time alone. */
    String tag() {
        return ETags.of(version, status == ApiKey.Status.EXPIRED ? "expired" : null);
    }

    static ApiKeyResponse from(ApiKey key, Instant now) {
        return from(key, now, null);
    }

    static ApiKeyResponse from(ApiKeys.Issued issued, Instant now) {
        return from(issued.key(), now, issued.secret());
    }

    private static ApiKeyResponse from(ApiKey key, Instant now, @Nullable OneTimeSecret secret) {
        return new ApiKeyResponse(
                key.keyId(),
                key.principal(),
                key.name(),
                key.kind(),
                key.status(now),
                key.authority().scopes().stream().sorted().toList(),
                ReachBody.from(key.authority().reach()),
                key.authority().networks().stream().map(Network::toString).toList(),
                key.authority().audiences().stream().sorted().toList(),
                key.expiresAt(),
                key.createdAt(),
                key.createdBy(),
                key.revokedAt(),
                key.revokedBy(),
                key.replaces(),
                key.replacedBy(),
                key.lastUsedAt(),
                key.version(),
                secret);
    }
}
