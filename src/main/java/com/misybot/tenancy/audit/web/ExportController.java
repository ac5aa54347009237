package com.misybot.tenancy.audit.web;

import com.misybot.tenancy.audit.Checkpoints;
import com.misybot.tenancy.audit.archive.ArchiveWriter;
import com.misybot.tenancy.audit.archive.TrailExport;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.operation.OperationOrder;
import com.misybot.tenancy.operation.Operations;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.Idempotency;
import com.misybot.tenancy.web.IdempotencyKey;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.RestPaths;
import com.misybot.tenancy.web.WebProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The archive of a tenant's trail over HTTP. */
@RestController
@RequestMapping(path = TrailController.PATH, version = RestPaths.VERSION)
@Tag(name = "Audit")
class ExportController {

    static final String ZIP = "application/zip";

    private final TenantService tenants;
    private final Operations operations;
    private final Idempotency idempotency;
    private final Checkpoints checkpoints;
    private final ArchiveWriter archives;

    ExportController(
            TenantService tenants,
            Operations operations,
            Idempotency idempotency,
            Checkpoints checkpoints,
            ArchiveWriter archives) {
        this.tenants = tenants;
        this.operations = operations;
        this.idempotency = idempotency;
        this.checkpoints = checkpoints;
        this.archives = archives;
    }

    /** The operation that does it. */
    @Schema(name = "AuditExport", requiredProperties = "operationId")
    record Started(UUID operationId) {}

    @PostMapping(path = "/export", produces = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = TrailController.SCOPE)
    @Operation(
            operationId = "exportAudit",
            summary = "Sign and verify a tenant's trail for an archive",
            description =
                    "The result of the operation has the verdict, and where the archive up to the checkpoint is fetched.")
    @ApiResponse(
            responseCode = "202",
            description = "Started; Location names the operation, whose progress counts entries.",
            content = @Content(schema = @Schema(implementation = Started.class)))
    ResponseEntity<?> export(@PathVariable TenantId tenantId, Caller caller, IdempotencyKey key, Cause cause) {
        var id = tenants.idOf(tenantId, caller.reach());
        return idempotency.once(key, Scope.tenant(id), () -> {
            var order = OperationOrder.of(TrailExport.KIND, Scope.tenant(id), tenantId, cause.actor())
                    .with(new TrailExport.Input(tenantId.value()));
            var started = operations.start(order);
            return ResponseEntity.accepted()
                    .location(Operations.location(started.id()))
                    .body(new Started(started.id()));
        });
    }

    @GetMapping(path = "/archive", produces = ZIP)
    @Access(scope = TrailController.SCOPE, told = TrailController.TOLD)
    @Operation(
            operationId = "getAuditArchive",
            summary = "Fetch the archive of a tenant's trail",
            description =
                    "A ZIP with entries, checkpoints, public keys and the format, up to a checkpoint, by default the last one. It is"
                            + " written while it is read; one that breaks off is no ZIP. verify-audit verifies it without this service.")
    @ApiResponse(
            responseCode = "200",
            description = "The archive.",
            content =
                    @Content(
                            mediaType = ZIP,
                            schema = @Schema(type = "string", format = "binary", maxLength = Integer.MAX_VALUE)))
    void archive(
            @PathVariable TenantId tenantId,
            @Parameter(
                            description = "Number of the checkpoint.",
                            schema = @Schema(type = "integer", format = "int64", minimum = "1"))
                    @RequestParam(required = false)
                    @Nullable
                    Long to,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var tenant = tenants.idOf(tenantId, caller.reach());
        var found = to == null ? checkpoints.list(tenant, Long.MAX_VALUE, 1) : checkpoints.between(tenant, to, to);
        if (found.isEmpty()) {
            throw new ProblemException(
                    WebProblem.NOT_FOUND, "There is no such checkpoint: take one by POST to checkpoints, or export.");
        }
        var last = found.getFirst().seq();
        response.setContentType(ZIP);
        response.setHeader("Content-Disposition", "attachment; filename=\"audit-" + tenantId + "-" + last + ".zip\"");
        if (!HttpMethod.HEAD.matches(request.getMethod())) {
            archives.write(tenant, last, response.getOutputStream());
        }
    }
}
