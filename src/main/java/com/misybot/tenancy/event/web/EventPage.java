package com.misybot.tenancy.event.web;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Some events.
 *
 * @param items events, in order
 * @param next leads on after what was looked at
 * @param more whether there are others already
 */
@Schema(name = "EventPage")
record EventPage(
        @ArraySchema(
                maxItems = EventStreams.MOST,
                schema = @Schema(implementation = CloudEvent.class),
                arraySchema = @Schema(requiredMode = REQUIRED))
        List<JsonNode> items,

        @Schema(
                requiredMode = REQUIRED,
                description =
                        "Send it as after, now or later, to read on: it is good as long as the events after it are kept.",
                example = CloudEvent.CURSOR,
                maxLength = CloudEvent.CURSOR_LENGTH)
        String next,

        @Schema(requiredMode = REQUIRED, description = "Whether there are others already.")
        boolean more) {}
