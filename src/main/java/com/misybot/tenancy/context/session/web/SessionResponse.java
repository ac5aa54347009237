package com.misybot.tenancy.context.session.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.misybot.tenancy.context.session.Assurance;
import com.misybot.tenancy.context.session.LiveSession;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.TenantId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A session as the API shows it. */
@Schema(
        name = "Session",
        requiredProperties = {
            "id",
            "tenantId",
            "assurance",
            "attributes",
            "createdAt",
            "expiresAt",
            "endsAt",
            "idle",
            "version"
        },
        example = """
        {"id":"0Az9Zz5q","tenantId":"acme-dental","assurance":"origin","subject":"visitor-81","attributes":{"locale":"de"},\
        "createdAt":"2026-11-23T14:35:49.145Z","expiresAt":"2026-11-23T14:55:49.145Z","endsAt":"2026-11-23T22:35:49.145Z",\
        "idle":"PT20M","version":1}""")
@JsonInclude(JsonInclude.Include.NON_NULL)
record SessionResponse(
        @Schema(description = "Unique within the tenant.", maxLength = 8)
        String id,

        @Schema(maxLength = 63) String tenantId,

        @Schema(description = "What it was started on.") Assurance assurance,

        @Schema(description = "The secret it was started on.", maxLength = 8) @Nullable
        String secretId,

        @Schema(maxLength = 256) @Nullable String subject,

        @Schema(types = "object", description = "Free JSON.") @JsonRawValue
        String attributes,

        Instant createdAt,

        @Schema(description = "When it ends if it is not used again.")
        Instant expiresAt,

        @Schema(description = "When it ends however much it is used.")
        Instant endsAt,

        @Schema(type = "string", description = "How long it lives without use.", maxLength = 40)
        Duration idle,

        @Schema(description = "Raised by every change; use is none.")
        long version,

        @Schema(
                type = "string",
                description = "What opens the session. Shown this once.",
                example = "misy_ses_04wvnQ0pZ5uoNUkxYFT1oG0Az9Zz5q_0123456789abcdefghijklmnopq_000000")
        @Nullable
        OneTimeSecret token) {

    /** Fields a client may send back as they are, and never change. */
    static final Set<String> READ_ONLY =
            Set.of("id", "tenantId", "assurance", "secretId", "createdAt", "expiresAt", "endsAt", "idle", "version");

    static SessionResponse from(LiveSession live, TenantId tenant) {
        return from(live, tenant, null);
    }

    static SessionResponse from(LiveSession live, TenantId tenant, @Nullable OneTimeSecret token) {
        var session = live.session();
        return new SessionResponse(
                session.id(),
                tenant.value(),
                session.assurance(),
                session.secretId(),
                session.subject(),
                session.attributes(),
                session.createdAt(),
                live.expiresAt(),
                session.endsAt(),
                session.idle(),
                session.version(),
                token);
    }

    @Override
    public String toString() {
        return "SessionResponse[" + tenantId + " " + id + "]";
    }
}
