package com.misybot.tenancy.tenant.plan.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.operation.Operations;
import com.misybot.tenancy.tenant.TemplateRules;
import com.misybot.tenancy.tenant.plan.PlanService;
import com.misybot.tenancy.tenant.plan.PlanSort;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.ETags;
import com.misybot.tenancy.web.Idempotency;
import com.misybot.tenancy.web.IdempotencyKey;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.Page;
import com.misybot.tenancy.web.Paging;
import com.misybot.tenancy.web.RequestBodies;
import com.misybot.tenancy.web.RestPaths;
import com.misybot.tenancy.web.Sorting;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Plans over HTTP. */
@RestController
@RequestMapping(path = PlanController.PATH, version = RestPaths.VERSION, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Plans")
class PlanController {

    static final String PATH = RestPaths.API + "/plans";

    static final String READ = "tenants:read";
    static final String WRITE = "plans:write";

    /** Names the operation that brings a change to the tenants that have the plan. */
    static final String OPERATION = "Operation-Location";

    private static final String OPERATION_TOLD =
            "The operation that brings the change to the tenants that have the plan; absent where their contexts stay.";

    private final PlanService plans;
    private final Idempotency idempotency;
    private final RequestBodies bodies;
    private final TemplateRules rules;

    PlanController(PlanService plans, Idempotency idempotency, RequestBodies bodies, TemplateRules rules) {
        this.rules = rules;
        this.plans = plans;
        this.idempotency = idempotency;
        this.bodies = bodies;
    }

    @Access(scope = WRITE)
    @Operation(summary = "Make a plan")
    @ApiResponse(
            responseCode = "201",
            description = "The plan.",
            content = @Content(schema = @Schema(implementation = PlanResponse.class)))
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> create(
            IdempotencyKey key, Caller caller, Cause cause, @Valid @RequestBody CreatePlanRequest body) {
        return idempotency.once(key, Scope.platformRows(), () -> {
            var plan = plans.create(body.id(), body.toTerms(rules), caller.reach(), cause);
            return ResponseEntity.created(URI.create(PATH + "/" + plan.id()))
                    .eTag(ETags.of(plan.version()))
                    .body(PlanResponse.from(plan));
        });
    }

    @Access(scope = READ)
    @Operation(summary = "List plans")
    @GetMapping
    Page<PlanResponse> list(Paging paging, Sorting<PlanSort> sort, Caller caller) {
        var found = plans.list(caller.reach(), sort.by(), sort.descending(), paging.cursor(), paging.limit());
        return paging.page(found, sort.by()::cursor).map(PlanResponse::from);
    }

    /**
     * How many there are.
     *
     * @param count as many as the list has items
     */
    @Schema(name = "PlanCount")
    record Count(
            @Schema(description = "As many as the list has items.", example = "3", minimum = "0")
            long count) {}

    @Access(scope = READ)
    @Operation(summary = "Count plans")
    @GetMapping("/count")
    Count count(Caller caller) {
        return new Count(plans.count(caller.reach()));
    }

    @Access(scope = READ)
    @Operation(summary = "Read a plan")
    @GetMapping("/{planId}")
    ResponseEntity<PlanResponse> read(@PathVariable String planId, Caller caller) {
        var plan = plans.read(planId, caller.reach());
        return ETags.ok(PlanResponse.from(plan), plan.version());
    }

    @Access(scope = WRITE)
    @Operation(
            summary = "Replace what a client may change of a plan",
            description = "Tenants that have it get what it gives now, one after the other, by the operation that"
                    + " Operation-Location names. Lists that are left out become empty.")
    @ApiResponse(
            responseCode = "200",
            description = "The plan as it is now.",
            headers =
                    @Header(
                            name = OPERATION,
                            description = OPERATION_TOLD,
                            schema = @Schema(type = "string", format = "uri-reference", maxLength = 200)),
            content = @Content(schema = @Schema(implementation = PlanResponse.class)))
    @PutMapping(path = "/{planId}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<PlanResponse> replace(
            @PathVariable String planId,
            IfMatch ifMatch,
            Caller caller,
            Cause cause,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = ReplacePlanRequest.class)))
                    @RequestBody
                    JsonNode body) {
        return edit(planId, ifMatch, caller, cause, bodies::replace, body);
    }

    @Access(scope = WRITE)
    @Operation(
            summary = "Change some of a plan",
            description =
                    "A JSON Merge Patch (RFC 7396): what is left out stays, null clears. Otherwise like a replacement.")
    @ApiResponse(
            responseCode = "200",
            description = "The plan as it is now.",
            headers =
                    @Header(
                            name = OPERATION,
                            description = OPERATION_TOLD,
                            schema = @Schema(type = "string", format = "uri-reference", maxLength = 200)),
            content = @Content(schema = @Schema(implementation = PlanResponse.class)))
    @PatchMapping(path = "/{planId}", consumes = "application/merge-patch+json")
    ResponseEntity<PlanResponse> patch(
            @PathVariable String planId,
            IfMatch ifMatch,
            Caller caller,
            Cause cause,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = ReplacePlanRequest.class)))
                    @RequestBody
                    JsonNode body) {
        return edit(planId, ifMatch, caller, cause, bodies::patch, body);
    }

    @Access(scope = WRITE)
    @Operation(summary = "Delete a plan", description = "Refused while any tenant has it.")
    @ApiResponse(responseCode = "204", description = "It is gone.")
    @DeleteMapping("/{planId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String planId, IfMatch ifMatch, Caller caller, Cause cause) {
        plans.delete(planId, plan -> ifMatch.require(plan.version()), caller.reach(), cause);
    }

    /** How a body and what GET answers now make a request: {@link RequestBodies#replace} or {@link RequestBodies#patch}. */
    private interface Editing {
        ReplacePlanRequest apply(JsonNode body, Object current, Set<String> readOnly, Class<ReplacePlanRequest> type);
    }

    private ResponseEntity<PlanResponse> edit(
            String planId, IfMatch ifMatch, Caller caller, Cause cause, Editing editing, JsonNode body) {
        var changed = plans.change(
                planId,
                plan -> {
                    var sent = ifMatch.matches(plan.version()) ? body : withoutReadOnly(body);
                    return editing.apply(
                                    sent, PlanResponse.from(plan), PlanResponse.READ_ONLY, ReplacePlanRequest.class)
                            .toTerms(rules);
                },
                plan -> ifMatch.require(plan.version()),
                caller.reach(),
                cause);
        var answer = ResponseEntity.ok().eTag(ETags.of(changed.plan().version()));
        if (changed.operation() != null) {
            answer.header(OPERATION, Operations.location(changed.operation()).toString());
        }
        return answer.body(PlanResponse.from(changed.plan()));
    }

    /** Who read another version sends what was true of that: 412 says so, {@code read_only} would mislead. */
    private static JsonNode withoutReadOnly(JsonNode body) {
        return body instanceof ObjectNode object ? object.deepCopy().remove(PlanResponse.READ_ONLY) : body;
    }
}
