package com.misybot.tenancy.tenant.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.OperationOrder;
import com.misybot.tenancy.operation.Operations;
import com.misybot.tenancy.tenant.TenantMoves;
import com.misybot.tenancy.tenant.TenantSelection.ReachWords;
import com.misybot.tenancy.tenant.TenantStatus;
import com.misybot.tenancy.tenant.bulk.BulkMove;
import com.misybot.tenancy.tenant.bulk.BulkOrder;
import com.misybot.tenancy.tenant.bulk.BulkResults;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.AddressedResource;
import com.misybot.tenancy.web.Causes;
import com.misybot.tenancy.web.Idempotency;
import com.misybot.tenancy.web.IdempotencyKey;
import com.misybot.tenancy.web.Page;
import com.misybot.tenancy.web.Paging;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.RestPaths;
import com.misybot.tenancy.web.Waiting;
import com.misybot.tenancy.web.WebProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Moves of many tenants over HTTP. */
@RestController
@RequestMapping(
        path = TenantController.PATH + "/" + BulkMoveController.WORD,
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Tenants")
class BulkMoveController {

    static final String WORD = "bulk";

    static final String SCOPE = "tenants:lifecycle";

    private final Operations operations;
    private final BulkResults results;
    private final ScopedTransactions transactions;
    private final Idempotency idempotency;
    private final TenantMoves moves;

    BulkMoveController(
            Operations operations,
            BulkResults results,
            ScopedTransactions transactions,
            Idempotency idempotency,
            TenantMoves moves) {
        this.operations = operations;
        this.results = results;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.moves = moves;
    }

    /** What has been started. */
    @Schema(name = "StartedBulkMove", requiredProperties = "operationId")
    record Started(
            @Schema(description = "The operation that does it; its results stand beside it.")
            UUID operationId) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = SCOPE)
    @Operation(
            operationId = "moveTenants",
            summary = "Suspend, resume, activate or deactivate many tenants",
            description =
                    "Starts an operation that moves each tenant that the filter lets pass, within the caller's reach. Who is there already"
                            + " is left as it is; who may not be moved is told as refused, and the others go on. With dryRun nothing is"
                            + " changed, and the results tell what would come of each. It can be cancelled between two tenants."
                            + " With Prefer: wait=N (up to 60 seconds) the answer comes when it has ended or the time is up.")
    @ApiResponse(
            responseCode = "202",
            description = "Started; Location names the operation.",
            content = @Content(schema = @Schema(implementation = Started.class)))
    ResponseEntity<?> start(
            @RequestBody BulkMoveRequest body, Caller caller, IdempotencyKey key, Waiting waiting, Cause cause)
            throws InterruptedException {
        var why = Causes.with(cause, body.reason(), body.ticket());
        var move = body.goodMove();
        var until = body.end();
        var filter = body.goodFilter();
        moves.requireAcceptable(move, until, why);
        var answer = idempotency.once(key, Scope.platformRows(), () -> {
            var input = new BulkOrder(
                    move,
                    filter,
                    ReachWords.of(caller.reach()),
                    transactions.now(),
                    until,
                    Boolean.TRUE.equals(body.dryRun()),
                    why);
            var started = operations.start(OperationOrder.of(BulkMove.KIND, Scope.platformRows(), null, why.actor())
                    .with(input));
            return ResponseEntity.accepted()
                    .location(Operations.location(started.id()))
                    .body(new Started(started.id()));
        });
        return waited(answer, waiting);
    }

    /** The same answer, once the operation has ended or the time is up that the caller wants to wait. */
    private ResponseEntity<?> waited(ResponseEntity<?> answer, Waiting waiting) throws InterruptedException {
        var location = answer.getHeaders().getFirst(HttpHeaders.LOCATION);
        var wait = waiting.orDefault(Duration.ZERO);
        if (location != null && wait.isPositive()) {
            operations.await(UUID.fromString(location.substring(location.lastIndexOf('/') + 1)), wait);
        }
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .headers(waiting::applied)
                .body(answer.getBody());
    }

    /** What came of one tenant. */
    @Schema(
            name = "BulkMoveResult",
            requiredProperties = {"tenantId", "outcome", "recordedAt"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ResultResponse(
            @Schema(maxLength = 63, example = "acme-dental") String tenantId,

            @Schema(description = "`UNCHANGED` was there already; in a dry run, what would come of it.")
            BulkResults.Outcome outcome,

            @Nullable @Schema(description = "What it was.") TenantStatus before,

            @Nullable @Schema(description = "What it is since, or would be.")
            TenantStatus after,

            @Nullable EffectsBody effects,

            @Nullable @Schema(description = "Why it was refused.", maxLength = 64, example = "illegal_transition")
            String code,

            @Nullable @Schema(description = "The same for people.", maxLength = 1_000)
            String detail,

            Instant recordedAt) {

        static ResultResponse from(BulkResults.Result result) {
            var after = result.after();
            return new ResultResponse(
                    result.tenantId(),
                    result.outcome(),
                    result.before(),
                    after,
                    after == null ? null : EffectsBody.from(after.effects()),
                    result.code(),
                    result.detail(),
                    result.recordedAt());
        }
    }

    @GetMapping("/{operationId}/results")
    @Access(scope = SCOPE)
    @Operation(
            operationId = "listBulkMoveResults",
            summary = "List what came of each tenant when many were moved",
            description = "Also while it runs. The results are kept as long as the operation.")
    Page<ResultResponse> results(@PathVariable String operationId, Paging paging, Caller caller) {
        var id = require(operationId, caller);
        var cursor = paging.cursor();
        var after = cursor == null ? null : UUID.fromString(cursor.getFirst());
        var found = transactions.read(Scope.platform(), () -> results.list(id, after, paging.limit()));
        return paging.page(found, result -> List.of(result.tenant().toString())).map(ResultResponse::from);
    }

    /**
     * The move with this id.
     *
     * @throws ProblemException 404 where there is none that the caller may see
     */
    UUID require(String operationId, Caller caller) {
        var operation = operations.find(AddressedResource.name(operationId, UUID::fromString), caller);
        if (!operation.kind().equals(BulkMove.KIND)) {
            throw new ProblemException(WebProblem.NOT_FOUND, "This operation is no move of many tenants.");
        }
        return operation.id();
    }
}
