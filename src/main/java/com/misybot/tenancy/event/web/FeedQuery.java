package com.misybot.tenancy.event.web;

import com.misybot.tenancy.event.EventCatalogue;
import com.misybot.tenancy.event.TypeFilter;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where to begin, and which types of events are wanted, as a client writes it. */
record FeedQuery(
        @Parameter(
                description =
                        "A cursor: events after it. latest: those that are still to come. Without it, from the oldest"
                                + " event that is kept.",
                schema = @Schema(type = "string", pattern = "^[A-Za-z0-9_-]+$", minLength = 1, maxLength = LONGEST))
        @Nullable
        String after,

        @Parameter(
                description =
                        "Events of this type, or of all that begin so: tenant.suspended, tenant.*; repeat the parameter"
                                + " for several, of which any will do.",
                array =
                        @ArraySchema(
                                maxItems = TypeFilter.MOST,
                                schema = @Schema(type = "string", pattern = PATTERN, maxLength = LONGEST)))
        @Nullable
        List<String> type) {

    static final int LONGEST = 100;

    private static final String PATTERN = "^[a-z][a-z_]*(\\.[a-z][a-z_]*)*(\\.\\*)?$";
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    TypeFilter types(EventCatalogue catalogue) {
        return type == null ? TypeFilter.ALL : TypeFilter.of(type, "type", catalogue);
    }

    /** Where a stream goes on: what the client has last been told says more than how it once began. */
    @Nullable
    String after(@Nullable String lastEventId) {
        if (lastEventId != null && lastEventId.length() > LONGEST) {
            throw ProblemException.invalid(
                    FieldError.header(LAST_EVENT_ID, FieldError.LENGTH, "It is the id of an event of this stream."));
        }
        return lastEventId == null || lastEventId.isEmpty() ? after : lastEventId;
    }
}
