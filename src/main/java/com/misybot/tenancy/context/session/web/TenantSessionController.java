package com.misybot.tenancy.context.session.web;

import com.misybot.tenancy.context.session.LiveSession;
import com.misybot.tenancy.context.session.Sessions;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.BodyLimit;
import com.misybot.tenancy.web.ETags;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.Page;
import com.misybot.tenancy.web.Paging;
import com.misybot.tenancy.web.RequestBodies;
import com.misybot.tenancy.web.RestPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The sessions of one tenant. */
@RestController
@RequestMapping(
        path = TenantSessionController.PATH,
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Sessions")
class TenantSessionController {

    static final String PATH = RestPaths.API + "/tenants/{tenantId}/sessions";

    static final String READ = "sessions:read";
    static final String WRITE = "sessions:write";

    private final TenantService tenants;
    private final Sessions sessions;
    private final RequestBodies bodies;

    TenantSessionController(TenantService tenants, Sessions sessions, RequestBodies bodies) {
        this.tenants = tenants;
        this.sessions = sessions;
        this.bodies = bodies;
    }

    @GetMapping("/{sessionId}")
    @Access(
            scope = READ,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(
            operationId = "getSession",
            summary = "Read a session",
            description = "Its idle time runs on. Its ETag is that of the last change, which use is not.")
    @ApiResponse(
            responseCode = "200",
            description = "The session.",
            content = @Content(schema = @Schema(implementation = SessionResponse.class)))
    @ApiResponse(responseCode = "501", description = "Redis is not configured.")
    ResponseEntity<SessionResponse> read(
            @PathVariable TenantId tenantId, @PathVariable String sessionId, Caller caller) {
        var live = sessions.find(idOf(tenantId, caller), sessionId);
        return ETags.ok(SessionResponse.from(live, tenantId), live.session().version());
    }

    @PatchMapping(path = "/{sessionId}", consumes = "application/merge-patch+json")
    @BodyLimit(bytes = 16 * 1024)
    @Access(
            scope = WRITE,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(
            operationId = "patchSession",
            summary = "Change attributes and subject of a session",
            description =
                    "A JSON Merge Patch (RFC 7396). With another subject the answer has another token, this once, and the one before"
                            + " opens nothing any more.")
    @ApiResponse(
            responseCode = "200",
            description = "The session as it is now.",
            content = @Content(schema = @Schema(implementation = SessionResponse.class)))
    @ApiResponse(responseCode = "501", description = "Redis is not configured.")
    ResponseEntity<SessionResponse> patch(
            @PathVariable TenantId tenantId,
            @PathVariable String sessionId,
            IfMatch ifMatch,
            Caller caller,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = UpdateSessionRequest.class)))
                    @RequestBody
                    JsonNode body) {
        var updated = sessions.update(
                idOf(tenantId, caller), sessionId, live -> content(body, live, tenantId, ifMatch), ifMatch);
        return ETags.ok(
                SessionResponse.from(updated.live(), tenantId, updated.token()),
                updated.live().session().version());
    }

    /** Who read another version sends what was true of that: 412 says so, {@code read_only} would mislead. */
    private Sessions.Content content(JsonNode body, LiveSession live, TenantId tenantId, IfMatch ifMatch) {
        var sent = body instanceof ObjectNode object
                        && !ifMatch.matches(live.session().version())
                ? object.deepCopy().remove(SessionResponse.READ_ONLY)
                : body;
        return bodies.patch(
                        sent,
                        SessionResponse.from(live, tenantId),
                        SessionResponse.READ_ONLY,
                        UpdateSessionRequest.class)
                .content();
    }

    @DeleteMapping("/{sessionId}")
    @Access(
            scope = WRITE,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(operationId = "endSession", summary = "End a session", description = "Its token opens nothing any more.")
    @ApiResponse(responseCode = "204", description = "It has ended.", content = @Content)
    @ApiResponse(responseCode = "501", description = "Redis is not configured.")
    ResponseEntity<Void> end(
            @PathVariable TenantId tenantId, @PathVariable String sessionId, IfMatch ifMatch, Caller caller) {
        sessions.end(idOf(tenantId, caller), sessionId, ifMatch);
        return ResponseEntity.noContent().build();
    }

    @GetMapping
    @Access(
            scope = READ,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(
            operationId = "listSessions",
            summary = "List the live sessions of a tenant",
            description =
                    "Those that expire first before the others. One that is used meanwhile may come twice; a page may have fewer"
                            + " than pageSize, where some have just ended.")
    @ApiResponse(responseCode = "200", description = "A page of them.")
    @ApiResponse(responseCode = "501", description = "Redis is not configured.")
    Page<SessionResponse> list(@PathVariable TenantId tenantId, Paging paging, Caller caller) {
        var cursor = paging.cursor();
        var listed = sessions.list(
                idOf(tenantId, caller),
                cursor == null ? null : Long.valueOf(cursor.getFirst()),
                cursor == null ? null : cursor.getLast(),
                paging.limit());
        var page = paging.page(listed, one -> List.of(Long.toString(one.expiry()), one.id()));
        return new Page<>(
                page.items().stream()
                        .map(Sessions.Listed::live)
                        .filter(Objects::nonNull)
                        .map(live -> SessionResponse.from(live, tenantId))
                        .toList(),
                page.nextPageToken());
    }

    /** How many there are. */
    @Schema(name = "SessionCount")
    record Count(long count) {}

    @GetMapping("/count")
    @Access(
            scope = READ,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(operationId = "countSessions", summary = "Count the live sessions of a tenant")
    @ApiResponse(responseCode = "200", description = "How many there are.")
    @ApiResponse(responseCode = "501", description = "Redis is not configured.")
    Count count(@PathVariable TenantId tenantId, Caller caller) {
        return new Count(sessions.count(idOf(tenantId, caller)));
    }

    private UUID idOf(TenantId tenantId, Caller caller) {
        return tenants.idOf(tenantId, caller.reach());
    }
}
