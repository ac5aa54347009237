package com.misybot.tenancy.event.web;

import com.misybot.tenancy.event.EventCatalogue;
import com.misybot.tenancy.event.feed.Feed;
import com.misybot.tenancy.event.feed.Lane;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantService;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Events of one tenant: page by page, all in one stream, or followed live. */
@RestController
@RequestMapping(
        path = RestPaths.API + "/tenants/{tenantId}/events",
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Events")
class TenantEventController {

    private static final String DESCRIPTION =
            "Every committed change of the tenant, in the order of sequence, which has no gap: at least once. Accept:"
                    + " application/x-ndjson streams all there are; text/event-stream follows what comes, and Last-Event-ID goes on"
                    + " where it was";

    private final Feed feed;
    private final EventStreams streams;
    private final EventCatalogue catalogue;
    private final TenantService tenants;

    TenantEventController(Feed feed, EventStreams streams, EventCatalogue catalogue, TenantService tenants) {
        this.feed = feed;
        this.streams = streams;
        this.catalogue = catalogue;
        this.tenants = tenants;
    }

    @GetMapping
    @Access(
            scope = "events:read",
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(operationId = "listEventsOfTenant", summary = "Read events", description = DESCRIPTION)
    @ApiResponse(
            responseCode = "200",
            description = "The next events, and the cursor that leads on.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = EventPage.class)))
    @ApiResponse(responseCode = "410", description = EventStreams.GONE)
    EventPage page(
            @PathVariable TenantId tenantId,
            @ParameterObject @ModelAttribute FeedQuery query,
            @PageLimit @RequestParam(required = false) @Nullable Integer limit,
            Caller caller) {
        return streams.page(lane(tenants.idOf(tenantId, caller.reach()), query, query.after()), limit);
    }

    @GetMapping(produces = EventStreams.NDJSON)
    @Access(
            scope = "events:read",
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(operationId = "listEventsOfTenant", summary = "Read events", description = DESCRIPTION)
    @ApiResponse(
            responseCode = "200",
            description = "An event on each line, with its cursor, up to the newest.",
            content = @Content(mediaType = EventStreams.NDJSON, schema = @Schema(implementation = CloudEvent.class)))
    @ApiResponse(responseCode = "410", description = EventStreams.GONE)
    void lines(
            @PathVariable TenantId tenantId,
            @ParameterObject @ModelAttribute FeedQuery query,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        streams.lines(lane(tenants.idOf(tenantId, caller.reach()), query, query.after()), request, response);
    }

    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Access(
            scope = "events:read",
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(operationId = "listEventsOfTenant", summary = "Read events", description = DESCRIPTION)
    @ApiResponse(
            responseCode = "200",
            description = "A stream of events, each named by its type; its id is a cursor.",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = CloudEvent.class)))
    @ApiResponse(responseCode = "410", description = EventStreams.GONE)
    void follow(
            @PathVariable TenantId tenantId,
            @ParameterObject @ModelAttribute FeedQuery query,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws InterruptedException {
        var tenant = tenants.idOf(tenantId, caller.reach());
        streams.follow(lane(tenant, query, query.after(lastEventId)), tenant, request, response);
    }

    private Lane lane(UUID tenant, FeedQuery query, @Nullable String after) {
        return feed.ofTenant(tenant, query.types(catalogue), after);
    }
}
