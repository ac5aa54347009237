package com.misybot.tenancy.credential.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.credential.Rotation;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.operation.OperationOrder;
import com.misybot.tenancy.operation.Operations;
import com.misybot.tenancy.tenant.TenantSelection;
import com.misybot.tenancy.tenant.TenantService;
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
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
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

/** Rotations of many tenants over HTTP. */
@RestController
@RequestMapping(
        path = FleetRotationController.PATH,
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Secrets")
class FleetRotationController {

    static final String PATH = RestPaths.API + "/secrets/rotations";

    static final String SCOPE = "secrets:write";

    private final Operations operations;
    private final RotationResults results;
    private final ScopedTransactions transactions;
    private final Idempotency idempotency;
    private final TenantService tenants;

    FleetRotationController(
            Operations operations,
            RotationResults results,
            ScopedTransactions transactions,
            Idempotency idempotency,
            TenantService tenants) {
        this.tenants = tenants;
        this.operations = operations;
        this.results = results;
        this.transactions = transactions;
        this.idempotency = idempotency;
    }

    /** What has been started. */
    @Schema(name = "FleetRotation", requiredProperties = "operationId")
    record Started(
            @Schema(description = "The operation that does it; its results stand beside it.")
            UUID operationId) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = SCOPE)
    @Operation(
            operationId = "rotateFleet",
            summary = "Rotate the secrets of many tenants",
            description =
                    "Starts an operation that issues a secret to each tenant, as a single rotation does. Each new secret is"
                            + " encrypted to the recipient, and nobody else can read it: read the results of the operation. A tenant"
                            + " that is named and is not there is told as missing in the operation's result, and counts as failed."
                            + " With Prefer: wait=N (up to 60 seconds) the answer comes when it has ended or the time is up.")
    @ApiResponse(
            responseCode = "202",
            description = "Started; Location names the operation.",
            content = @Content(schema = @Schema(implementation = Started.class)))
    ResponseEntity<?> start(
            @RequestBody FleetRotationRequest body, Caller caller, IdempotencyKey key, Waiting waiting, Cause cause)
            throws InterruptedException {
        var why = Causes.with(cause, body.reason(), body.ticket());
        var how = Rotation.asked(body.overlap(), body.expiresAt(), why);
        var selection = body.selection(caller.reach());
        var recipient = body.goodRecipient();
        var missing = missing(selection, caller.reach());
        var answer = idempotency.once(key, Scope.platformRows(), () -> {
            var now = transactions.now();
            how.requireFutureEnd(now);
            var order = OperationOrder.of(FleetRotation.KIND, Scope.platformRows(), null, why.actor())
                    .with(FleetOrder.of(selection, now, how, recipient, why, missing));
            var started = operations.start(order);
            return ResponseEntity.accepted()
                    .location(Operations.location(started.id()))
                    .body(new Started(started.id()));
        });
        return waited(answer, waiting);
    }

    private List<String> missing(TenantSelection selection, Reach reach) {
        var named = selection.tenantIds().stream().map(TenantId::new).collect(Collectors.toCollection(TreeSet::new));
        named.removeAll(tenants.findAll(named, reach).keySet());
        return named.stream().map(TenantId::value).toList();
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
            name = "SecretRotationResult",
            requiredProperties = {"tenantId", "status", "recordedAt"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ResultResponse(
            @Schema(maxLength = 63, example = "acme-dental") String tenantId,
            RotationResults.Status status,

            @Nullable @Schema(maxLength = 8, example = "0Az9Zz5q")
            String secretId,

            @Nullable
            @Schema(
                    description =
                            "A compact JWE (ECDH-ES+A256KW, A256GCM) of {tenantId, secretId, secret}, for the recipient alone.",
                    maxLength = 2_000)
            String jwe,

            @Nullable @Schema(description = "Why there is no new secret.", maxLength = 64)
            String code,

            Instant recordedAt) {

        static ResultResponse from(RotationResults.Result result) {
            return new ResultResponse(
                    result.tenantId(),
                    result.status(),
                    result.secretId(),
                    result.jwe(),
                    result.code(),
                    result.recordedAt());
        }
    }

    @GetMapping("/{operationId}/results")
    @Access(scope = SCOPE)
    @Operation(
            operationId = "listFleetRotationResults",
            summary = "List what came of each tenant in a rotation of many",
            description = "Also while it runs. The results are kept as long as the operation.")
    Page<ResultResponse> results(@PathVariable String operationId, Paging paging, Caller caller) {
        var id = require(operationId, caller);
        var after =
                paging.cursor() == null ? null : UUID.fromString(paging.cursor().getFirst());
        var found = transactions.read(Scope.platform(), () -> results.list(id, after, paging.limit()));
        return paging.page(found, result -> List.of(result.tenant().toString())).map(ResultResponse::from);
    }

    /**
     * The rotation with this id.
     *
     * @throws ProblemException 404 where there is none that the caller may see
     */
    UUID require(String operationId, Caller caller) {
        var operation = operations.find(AddressedResource.name(operationId, UUID::fromString), caller);
        if (!operation.kind().equals(FleetRotation.KIND)) {
            throw new ProblemException(WebProblem.NOT_FOUND, "This operation is no rotation of secrets.");
        }
        return operation.id();
    }
}
