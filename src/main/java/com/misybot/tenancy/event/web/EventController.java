package com.misybot.tenancy.event.web;

import com.misybot.tenancy.event.EventCatalogue;
import com.misybot.tenancy.event.feed.Feed;
import com.misybot.tenancy.event.feed.Lane;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.RestPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Events of all tenants: page by page, all in one stream, or followed live. */
@RestController
@RequestMapping(
        path = RestPaths.API + "/events",
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Events")
class EventController {

    private static final String DESCRIPTION =
            "Every committed change, once or, where a client comes back with an old cursor, again: in an order in which nothing is"
                    + " overtaken, that of sequence for each tenant. Events of tenants out of reach are left out, and for whom some"
                    + " tenants are out of reach the platform's own too. Accept: application/x-ndjson streams all there are;"
                    + " text/event-stream follows what comes, and Last-Event-ID goes on where it was";

    private final Feed feed;
    private final EventStreams streams;
    private final EventCatalogue catalogue;

    EventController(Feed feed, EventStreams streams, EventCatalogue catalogue) {
        this.feed = feed;
        this.streams = streams;
        this.catalogue = catalogue;
    }

    @GetMapping
    @Access(scope = "events:read")
    @Operation(operationId = "listEvents", summary = "Read events", description = DESCRIPTION)
    @ApiResponse(
            responseCode = "200",
            description = "The next events, and the cursor that leads on.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = EventPage.class)))
    @ApiResponse(responseCode = "410", description = EventStreams.GONE)
    EventPage page(
            @ParameterObject @ModelAttribute FeedQuery query,
            @ParameterObject @ModelAttribute OfTenants tenants,
            @PageLimit @RequestParam(required = false) @Nullable Integer limit,
            Caller caller) {
        return streams.page(lane(query, query.after(), tenants, caller), limit);
    }

    @GetMapping(produces = EventStreams.NDJSON)
    @Access(scope = "events:read")
    @Operation(operationId = "listEvents", summary = "Read events", description = DESCRIPTION)
    @ApiResponse(
            responseCode = "200",
            description = "An event on each line, with its cursor, up to the newest.",
            content = @Content(mediaType = EventStreams.NDJSON, schema = @Schema(implementation = CloudEvent.class)))
    @ApiResponse(responseCode = "410", description = EventStreams.GONE)
    void lines(
            @ParameterObject @ModelAttribute FeedQuery query,
            @ParameterObject @ModelAttribute OfTenants tenants,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        streams.lines(lane(query, query.after(), tenants, caller), request, response);
    }

    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Access(scope = "events:read")
    @Operation(operationId = "listEvents", summary = "Read events", description = DESCRIPTION)
    @ApiResponse(
            responseCode = "200",
            description = "A stream of events, each named by its type; its id is a cursor.",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = CloudEvent.class)))
    @ApiResponse(responseCode = "410", description = EventStreams.GONE)
    void follow(
            @ParameterObject @ModelAttribute FeedQuery query,
            @ParameterObject @ModelAttribute OfTenants tenants,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws InterruptedException {
        streams.follow(lane(query, query.after(lastEventId), tenants, caller), null, request, response);
    }

    private Lane lane(FeedQuery query, @Nullable String after, OfTenants tenants, Caller caller) {
        return feed.all(caller.reach(), tenants.asSet(), query.types(catalogue), after);
    }
}
