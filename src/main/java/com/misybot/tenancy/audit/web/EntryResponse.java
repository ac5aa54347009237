package com.misybot.tenancy.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.misybot.tenancy.audit.Chained;
import com.misybot.tenancy.audit.Entry;
import com.misybot.tenancy.kernel.Actor;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An entry of a trail. */
@Schema(
        name = "AuditEntry",
        requiredProperties = {
            "seq",
            "id",
            "at",
            "actor",
            "action",
            "resource",
            "outcome",
            "checkpoint",
            "previous",
            "hash"
        },
        example = EntryResponse.EXAMPLE)
@JsonInclude(JsonInclude.Include.NON_NULL)
record EntryResponse(
        @Schema(description = "Its number in the trail, 1 for the first.", minimum = "1")
        long seq,

        @Schema(description = "Of the change, or of the attempt.")
        UUID id,

        Instant at,
        ActorBody actor,

        @Schema(description = "What was done or tried.", maxLength = 256)
        String action,

        @Schema(description = "What it was done to, within the tenant.", maxLength = 1_024)
        String resource,

        Entry.Outcome outcome,

        @Nullable @Schema(description = "Why, in the caller's words.", maxLength = 500)
        String reason,

        @Nullable @Schema(description = "The caller's reference.", maxLength = 500)
        String ticket,

        @Nullable @Schema(description = "Trace of the request, as problems and the log tell it.", maxLength = 32)
        String requestId,

        @Nullable
        @Schema(
                types = "object",
                description =
                        "The changed fields, each as it was before and is after, or masked. Absent where it was shredded.")
        @JsonRawValue
        String details,

        @Schema(description = "Number of the last checkpoint before it, 0 where there was none.", minimum = "0")
        long checkpoint,

        @Schema(description = "Hash of the entry before, in hexadecimal.", minLength = 64, maxLength = 64)
        String previous,

        @Schema(description = "Its own hash, in hexadecimal.", minLength = 64, maxLength = 64)
        String hash) {

    static final String EXAMPLE = """
            {"seq":2,"id":"019cac2a-7a00-7000-8000-000000000002","at":"2026-03-01T12:00:00.123456Z",\
            "actor":{"kind":"OPERATOR","id":"anna","keyId":"Vb3kq0Zp","network":"192.0.2.0/24"},\
            "action":"tenant.suspended","resource":"acme-dental","outcome":"DONE","reason":"unpaid","ticket":"T-1",\
            "requestId":"4bf92f3577b34da6a3ce929d0e0e4736",\
            "details":{"fields":{"status":{"after":"SUSPENDED","before":"ACTIVE"}},"salt":"c9a0f1d2e3b4a5968778695a4b3c2d1e"},\
            "checkpoint":0,"previous":"5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",\
            "hash":"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"}""";

    /** Who acted. */
    @Schema(
            name = "AuditActor",
            requiredProperties = {"kind", "id"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ActorBody(
            Actor.Kind kind,
            @Schema(maxLength = 512) String id,

            @Nullable @Schema(description = "The key or secret that was shown, by its id.", maxLength = 64)
            String keyId,

            @Nullable @Schema(description = "Network that the request came from, /24 or /48.", maxLength = 64)
            String network) {}

    static EntryResponse from(Chained chained) {
        var entry = chained.entry();
        return new EntryResponse(
                chained.seq(),
                entry.id(),
                entry.at(),
                new ActorBody(Actor.Kind.valueOf(entry.actorKind()), entry.actorId(), entry.keyId(), entry.network()),
                entry.action(),
                entry.resource(),
                entry.outcome(),
                entry.reason(),
                entry.ticket(),
                entry.requestId(),
                entry.details(),
                chained.checkpoint(),
                HexFormat.of().formatHex(chained.previous()),
                HexFormat.of().formatHex(chained.hash()));
    }
}
