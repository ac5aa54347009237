package com.misybot.tenancy.operation.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.operation.Operation;
import com.misybot.tenancy.operation.OperationFilter;
import com.misybot.tenancy.operation.OperationStatus;
import com.misybot.tenancy.operation.Operations;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.ETags;
import com.misybot.tenancy.web.Idempotency;
import com.misybot.tenancy.web.IdempotencyKey;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.Page;
import com.misybot.tenancy.web.Paging;
import com.misybot.tenancy.web.RestPaths;
import com.misybot.tenancy.web.Sorting;
import com.misybot.tenancy.web.Waiting;
import com.misybot.tenancy.web.WhyBody;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Long work: look at it, wait for it, follow it, cancel it. */
@RestController
@RequestMapping(
        path = RestPaths.API + "/operations",
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Operations")
class OperationController {

    private final Operations operations;
    private final OperationEvents events;
    private final Idempotency idempotency;

    OperationController(Operations operations, OperationEvents events, Idempotency idempotency) {
        this.operations = operations;
        this.events = events;
        this.idempotency = idempotency;
    }

    /** What a list may be sorted by. */
    enum Sort {
        CREATED_AT
    }

    /**
     * How many there are.
     *
     * @param count as many as the list has items
     */
    @Schema(name = "Count")
    record Count(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "42", minimum = "0")
            long count) {}

    @Access(scope = "operations:read")
    @GetMapping
    @io.swagger.v3.oas.annotations.Operation(
            summary = "List operations",
            description = "Those a caller asked for itself, and those about tenants within its reach.")
    Page<OperationResponse> list(
            @RequestParam(required = false) @Nullable OperationStatus status,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable TenantId tenantId,
            @RequestParam(required = false) @Nullable Instant createdFrom,
            @RequestParam(required = false) @Nullable Instant createdTo,
            Paging paging,
            Sorting<Sort> sort,
            Caller caller) {
        var order = new Operations.Order(sort.descending(), position(paging.cursor()), paging.limit());
        var filter = new OperationFilter(status, kind, tenantId, createdFrom, createdTo);
        return paging.page(operations.list(filter, caller, order), OperationController::cursor)
                .map(OperationResponse::from);
    }

    @Access(scope = "operations:read")
    @GetMapping("/count")
    @io.swagger.v3.oas.annotations.Operation(summary = "Count operations")
    Count count(
            @RequestParam(required = false) @Nullable OperationStatus status,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable TenantId tenantId,
            @RequestParam(required = false) @Nullable Instant createdFrom,
            @RequestParam(required = false) @Nullable Instant createdTo,
            Caller caller) {
        return new Count(operations.count(new OperationFilter(status, kind, tenantId, createdFrom, createdTo), caller));
    }

    @Access(scope = "operations:read")
    @GetMapping("/{id}")
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Read an operation",
            description = "With Prefer: wait=N (up to 60 seconds) the answer comes when it has ended or the time is up."
                    + " With Accept: text/event-stream it is followed live: an event named operation with the whole of it for"
                    + " each version, comments in between, until it has ended; Last-Event-ID goes on after a version.")
    ResponseEntity<OperationResponse> read(@PathVariable UUID id, Waiting waiting, Caller caller)
            throws InterruptedException {
        var operation = operations.find(id, caller);
        var wait = waiting.orDefault(Duration.ZERO);
        if (!operation.status().hasEnded() && wait.isPositive()) {
            var waited = operations.await(id, wait);
            operation = waited == null ? operation : waited;
        }
        var answer = ResponseEntity.ok().eTag(ETags.of(operation.version()));
        answer.headers(waiting::applied);
        return answer.body(OperationResponse.from(operation));
    }

    @Access(scope = "operations:read")
    @GetMapping(path = "/{id}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @io.swagger.v3.oas.annotations.Operation(summary = "Follow an operation live")
    @ApiResponse(
            responseCode = "200",
            description = "A stream of events, each with the operation as it is.",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = OperationResponse.class)))
    @ApiResponse(responseCode = "204", description = "It has ended, and Last-Event-ID says that the client knows.")
    void follow(
            @PathVariable UUID id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            Caller caller,
            HttpServletResponse response)
            throws InterruptedException {
        events.stream(id, caller, lastEventId, response);
    }

    @Access(scope = "operations:write")
    @PostMapping(path = "/{id}/cancel", consumes = MediaType.APPLICATION_JSON_VALUE)
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Cancel an operation",
            description = "200 where it had not begun, 202 where its run has been asked to stop.")
    @ApiResponse(
            responseCode = "200",
            description = "It is cancelled.",
            content = @Content(schema = @Schema(implementation = OperationResponse.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Its run has been asked to stop, and will where it can.",
            content = @Content(schema = @Schema(implementation = OperationResponse.class)))
    ResponseEntity<?> cancel(
            @PathVariable UUID id,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            Cause cause,
            Caller caller,
            @RequestBody(required = false) @Nullable WhyBody body) {
        var why = WhyBody.with(cause, body);
        var found = operations.find(id, caller);
        return idempotency.once(key, found.owner(), () -> cancelled(operations.cancel(found, caller, why, ifMatch)));
    }

    private static ResponseEntity<OperationResponse> cancelled(Operation operation) {
        return ResponseEntity.status(operation.status().hasEnded() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .location(Operations.location(operation.id()))
                .eTag(ETags.of(operation.version()))
                .body(OperationResponse.from(operation));
    }

    private static List<String> cursor(Operation operation) {
        return List.of(operation.createdAt().toString(), operation.id().toString());
    }

    private static Operations.@Nullable Position position(@Nullable List<String> cursor) {
        return cursor == null
                ? null
                : new Operations.Position(Instant.parse(cursor.getFirst()), UUID.fromString(cursor.getLast()));
    }
}
