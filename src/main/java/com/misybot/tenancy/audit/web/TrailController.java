package com.misybot.tenancy.audit.web;

import com.misybot.tenancy.audit.Checkpoints;
import com.misybot.tenancy.audit.Entries;
import com.misybot.tenancy.audit.Verification;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.Page;
import com.misybot.tenancy.web.Paging;
import com.misybot.tenancy.web.RestPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The trail of one tenant over HTTP. */
@RestController
@RequestMapping(path = TrailController.PATH, version = RestPaths.VERSION, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Audit")
class TrailController {

    static final String PATH = RestPaths.API + "/tenants/{tenantId}/audit";
    static final String SCOPE = "audit:read";
    static final String TOLD = "audit.read";

    static final String LIST =
            "The latest first. Every filter given must hold. Accept: application/x-ndjson or text/csv streams all of them without"
                    + " pages; a stream that breaks off is not ended by its last chunk. A cell that a spreadsheet would compute begins"
                    + " with an apostrophe.";
    static final String VERIFY =
            "Computes every hash anew and looks at every checkpoint, of the whole trail or of a part. A checkpoint convinces only"
                    + " who kept an earlier one: give it, and the answer says whether today's trail extends it.";

    private final TenantService tenants;
    private final Entries entries;
    private final TrailStreams streams;
    private final Verification verification;
    private final Checkpoints checkpoints;

    TrailController(
            TenantService tenants,
            Entries entries,
            TrailStreams streams,
            Verification verification,
            Checkpoints checkpoints) {
        this.tenants = tenants;
        this.entries = entries;
        this.streams = streams;
        this.verification = verification;
        this.checkpoints = checkpoints;
    }

    @GetMapping
    @Access(
            scope = SCOPE,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT},
            told = TOLD)
    @Operation(operationId = "listAudit", summary = "Read the trail of a tenant", description = LIST)
    Page<EntryResponse> list(
            @PathVariable TenantId tenantId,
            @ParameterObject @ModelAttribute AuditQuery query,
            Paging paging,
            Caller caller) {
        var tenant = tenants.idOf(tenantId, caller.reach());
        return TrailAnswers.page(entries, tenant, query, paging);
    }

    @GetMapping(produces = TrailStreams.NDJSON)
    @Access(
            scope = SCOPE,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT},
            told = TOLD)
    @Operation(operationId = "listAudit", summary = "Read the trail of a tenant", description = LIST)
    @ApiResponse(
            responseCode = "200",
            description = "An entry on each line.",
            content = @Content(mediaType = TrailStreams.NDJSON, schema = @Schema(implementation = EntryResponse.class)))
    void ndjson(
            @PathVariable TenantId tenantId,
            @ParameterObject @ModelAttribute AuditQuery query,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        streams.ndjson(tenants.idOf(tenantId, caller.reach()), query.toFilter(), request, response);
    }

    @GetMapping(produces = TrailStreams.CSV)
    @Access(
            scope = SCOPE,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT},
            told = TOLD)
    @Operation(operationId = "listAudit", summary = "Read the trail of a tenant", description = LIST)
    @ApiResponse(
            responseCode = "200",
            description = "A header and a row for each entry (RFC 4180).",
            content =
                    @Content(
                            mediaType = TrailStreams.CSV,
                            schema = @Schema(type = "string", maxLength = Integer.MAX_VALUE),
                            examples = @ExampleObject(name = "rows", value = TrailStreams.CSV_EXAMPLE)))
    void csv(
            @PathVariable TenantId tenantId,
            @ParameterObject @ModelAttribute AuditQuery query,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        streams.csv(tenants.idOf(tenantId, caller.reach()), query.toFilter(), request, response);
    }

    @GetMapping("/verify")
    @Access(
            scope = SCOPE,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(operationId = "verifyAudit", summary = "Verify the trail of a tenant", description = VERIFY)
    VerdictResponse verify(
            @PathVariable TenantId tenantId, @ParameterObject @ModelAttribute VerifyQuery query, Caller caller) {
        var tenant = tenants.idOf(tenantId, caller.reach());
        return VerdictResponse.from(verification.verify(tenant, query.toPart()));
    }

    @GetMapping("/checkpoints")
    @Access(
            scope = SCOPE,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(
            operationId = "listAuditCheckpoints",
            summary = "List the signed heads of a tenant's trail",
            description =
                    "The latest first, each with the public key that verifies it. Keep one: it proves what came later.")
    Page<CheckpointResponse> checkpoints(@PathVariable TenantId tenantId, Paging paging, Caller caller) {
        return TrailAnswers.page(checkpoints, tenants.idOf(tenantId, caller.reach()), paging);
    }

    @PostMapping("/checkpoints")
    @Access(scope = SCOPE)
    @Operation(
            operationId = "takeAuditCheckpoint",
            summary = "Sign the head of a tenant's trail now",
            description =
                    "Every hour this is done for every trail with new entries. Where there are none, answers the last one.")
    CheckpointResponse take(@PathVariable TenantId tenantId, Caller caller, Cause cause) {
        return TrailAnswers.taken(checkpoints, tenants.idOf(tenantId, caller.reach()), cause);
    }
}
