package com.misybot.tenancy.audit.web;

import com.misybot.tenancy.audit.Checkpoints;
import com.misybot.tenancy.audit.Entries;
import com.misybot.tenancy.audit.Verification;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The platform's own trail over HTTP: keys, plans, and what else is no tenant's. */
@RestController
@RequestMapping(
        path = PlatformTrailController.PATH,
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Audit")
class PlatformTrailController {

    static final String PATH = RestPaths.API + "/audit";
    private final Entries entries;
    private final TrailStreams streams;
    private final Verification verification;
    private final Checkpoints checkpoints;

    PlatformTrailController(Entries entries, TrailStreams streams, Verification verification, Checkpoints checkpoints) {
        this.entries = entries;
        this.streams = streams;
        this.verification = verification;
        this.checkpoints = checkpoints;
    }

    @GetMapping
    @Access(scope = TrailController.SCOPE, told = TrailController.TOLD)
    @Operation(
            operationId = "listPlatformAudit",
            summary = "Read the platform's own trail",
            description = TrailController.LIST)
    Page<EntryResponse> list(@ParameterObject @ModelAttribute AuditQuery query, Paging paging, Caller caller) {
        TrailAnswers.requireWhole(caller);
        return TrailAnswers.page(entries, Scope.NIL, query, paging);
    }

    @GetMapping(produces = TrailStreams.NDJSON)
    @Access(scope = TrailController.SCOPE, told = TrailController.TOLD)
    @Operation(
            operationId = "listPlatformAudit",
            summary = "Read the platform's own trail",
            description = TrailController.LIST)
    @ApiResponse(
            responseCode = "200",
            description = "An entry on each line.",
            content = @Content(mediaType = TrailStreams.NDJSON, schema = @Schema(implementation = EntryResponse.class)))
    void ndjson(
            @ParameterObject @ModelAttribute AuditQuery query,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        TrailAnswers.requireWhole(caller);
        streams.ndjson(Scope.NIL, query.toFilter(), request, response);
    }

    @GetMapping(produces = TrailStreams.CSV)
    @Access(scope = TrailController.SCOPE, told = TrailController.TOLD)
    @Operation(
            operationId = "listPlatformAudit",
            summary = "Read the platform's own trail",
            description = TrailController.LIST)
    @ApiResponse(
            responseCode = "200",
            description = "A header and a row for each entry (RFC 4180).",
            content =
                    @Content(
                            mediaType = TrailStreams.CSV,
                            schema = @Schema(type = "string", maxLength = Integer.MAX_VALUE),
                            examples = @ExampleObject(name = "rows", value = TrailStreams.CSV_EXAMPLE)))
    void csv(
            @ParameterObject @ModelAttribute AuditQuery query,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        TrailAnswers.requireWhole(caller);
        streams.csv(Scope.NIL, query.toFilter(), request, response);
    }

    @GetMapping("/verify")
    @Access(scope = TrailController.SCOPE)
    @Operation(
            operationId = "verifyPlatformAudit",
            summary = "Verify the platform's own trail",
            description = TrailController.VERIFY)
    VerdictResponse verify(@ParameterObject @ModelAttribute VerifyQuery query, Caller caller) {
        TrailAnswers.requireWhole(caller);
        return VerdictResponse.from(verification.verify(Scope.NIL, query.toPart()));
    }

    @GetMapping("/checkpoints")
    @Access(scope = TrailController.SCOPE)
    @Operation(
            operationId = "listPlatformAuditCheckpoints",
            summary = "List the signed heads of the platform's own trail",
            description =
                    "The latest first, each with the public key that verifies it. Keep one: it proves what came later.")
    Page<CheckpointResponse> checkpoints(Paging paging, Caller caller) {
        TrailAnswers.requireWhole(caller);
        return TrailAnswers.page(checkpoints, Scope.NIL, paging);
    }

    @PostMapping("/checkpoints")
    @Access(scope = TrailController.SCOPE)
    @Operation(
            operationId = "takePlatformAuditCheckpoint",
            summary = "Sign the head of the platform's own trail now",
            description =
                    "Every hour this is done for every trail with new entries. Where there are none, answers the last one.")
    CheckpointResponse take(Caller caller, Cause cause) {
        TrailAnswers.requireWhole(caller);
        return TrailAnswers.taken(checkpoints, Scope.NIL, cause);
    }
}
