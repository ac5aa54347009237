package com.misybot.tenancy.context.session.web;

import com.misybot.tenancy.context.session.Sessions;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a patch makes of a session. */
@Schema(name = "PatchSession", example = "{\"attributes\":{\"locale\":\"fr\",\"cart\":null}}")
record UpdateSessionRequest(
        @Schema(
                types = {"string", "null"},
                description = "Who the session is about. With another one the session gets another token.",
                maxLength = 256)
        @Nullable
        String subject,

        @Schema(
                types = {"object", "null"},
                description = "Members to set; null removes one.",
                maxProperties = 1000)
        @Nullable
        JsonNode attributes) {

    Sessions.Content content() {
        var errors = new ArrayList<FieldError>();
        var content = SessionText.content(subject, attributes, errors);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return content;
    }
}
