package com.misybot.tenancy.event.web;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import com.misybot.tenancy.kernel.EventType;
import com.misybot.tenancy.kernel.TenantId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an event looks like, for the contract alone: events are written once as text and sent as they are.
 *
 * @param specversion of CloudEvents
 * @param id of the event
 * @param source where it happened
 * @param type what happened
 * @param subject what it happened to
 * @param time when
 * @param datacontenttype of data
 * @param dataschema of data
 * @param sequence its place among those of its source
 * @param tenantid the tenant
 * @param cursor leads on after it
 * @param data ids, states and names of fields
 */
@Schema(name = "CloudEvent", description = "A committed change, as a CloudEvent 1.0 in structured JSON.")
record CloudEvent(
        @Schema(requiredMode = REQUIRED, example = "1.0", maxLength = 3)
        String specversion,

        @Schema(requiredMode = REQUIRED, description = "With source, unique for ever.")
        UUID id,

        @Schema(
                requiredMode = REQUIRED,
                description = "/tenants/ and the UUID of the tenant, or /platform.",
                example = "/tenants/01930f0a-6b1e-7c3a-9d2e-4f5a6b7c8d9e",
                maxLength = 100)
        String source,

        @Schema(
                requiredMode = REQUIRED,
                description = "One of those at /api/v1/event-types.",
                example = "tenant.suspended",
                pattern = EventType.PATTERN,
                maxLength = 100)
        String type,

        @Schema(
                requiredMode = REQUIRED,
                description = "What it happened to; its type says what that is.",
                example = "acme-dental",
                maxLength = 300)
        String subject,

        @Schema(requiredMode = REQUIRED) Instant time,

        @Schema(requiredMode = REQUIRED, example = "application/json", maxLength = 50)
        String datacontenttype,

        @Schema(
                requiredMode = REQUIRED,
                description = "Identifies the JSON Schema of data, which is served with the type.",
                example = "https://events.misybot.com/tenancy/tenant.suspended",
                maxLength = 200)
        String dataschema,

        @Schema(
                requiredMode = REQUIRED,
                description = "19 digits, from 1 and without a gap for each source: sort by it.",
                example = "0000000000000000042",
                pattern = "^[0-9]{19}$",
                maxLength = 19)
        String sequence,

        @Schema(
                description = "The tenant; absent for the platform's own events.",
                example = "acme-dental",
                pattern = TenantId.PATTERN,
                maxLength = TenantId.MAX_LENGTH)
        @Nullable
        String tenantid,

        @Schema(
                description = "In streams of lines: send it as after to read on after this event.",
                example = CURSOR,
                maxLength = CURSOR_LENGTH)
        @Nullable
        String cursor,

        @Schema(
                requiredMode = REQUIRED,
                description = "Ids, states and names of changed fields.",
                example = "{\"actor\":{\"kind\":\"operator\"},\"fields\":[\"status\"],\"status\":\"SUSPENDED\"}")
        Map<String, Object> data) {

    static final int CURSOR_LENGTH = 64;
    static final String CURSOR = "AAAAAQAAAAAAAASlAAAAAJ2Wb0wGDTt1xq8sY1H5b8A";
}
