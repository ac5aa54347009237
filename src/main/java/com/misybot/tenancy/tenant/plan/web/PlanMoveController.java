package com.misybot.tenancy.tenant.plan.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.TenantLimits;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.tenant.plan.PlanMoves;
import com.misybot.tenancy.tenant.profile.PlanId;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.Causes;
import com.misybot.tenancy.web.ETags;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.Idempotency;
import com.misybot.tenancy.web.IdempotencyKey;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.RestPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Moves of tenants to other plans over HTTP. */
@RestController
@RequestMapping(
        path = RestPaths.API + "/tenants/{tenantId}/plan",
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Plans")
class PlanMoveController {

    private final TenantService tenants;
    private final PlanMoves moves;
    private final TenantLimits limits;
    private final Idempotency idempotency;

    PlanMoveController(TenantService tenants, PlanMoves moves, TenantLimits limits, Idempotency idempotency) {
        this.tenants = tenants;
        this.moves = moves;
        this.limits = limits;
        this.idempotency = idempotency;
    }

    /** Where a tenant is moved. */
    @Schema(name = "MoveToPlan", requiredProperties = "plan")
    record Request(
            @Nullable
            @Schema(
                    description = "The plan it is to have.",
                    pattern = "^[a-z0-9-]{2,32}$",
                    maxLength = 32,
                    example = "gold")
            String plan,

            @Nullable @Schema(description = "Why.", example = "Upgrade by contract", maxLength = 500)
            String reason,

            @Nullable @Schema(description = "The caller's reference.", example = "OPS-17", maxLength = 500)
            String ticket,

            @Nullable @Schema(description = "Whether nothing is changed, and the answer tells what would be.")
            Boolean dryRun) {

        private PlanId goodPlan() {
            if (plan == null) {
                throw ProblemException.invalid("/plan", FieldError.REQUIRED, "This field is required.");
            }
            try {
                return new PlanId(plan);
            } catch (InvalidValue e) {
                throw ProblemException.invalid("/plan", e.code(), String.valueOf(e.getMessage()));
            }
        }
    }

    /** What changes when a tenant is moved. */
    @Schema(
            name = "PlanMove",
            requiredProperties = {"dryRun", "plan", "limits", "permissions", "secretScopes", "collections", "over"})
    record Response(
            @Schema(description = "Whether it was only asked what would change.")
            boolean dryRun,

            Names plan,

            @Schema(description = "What holds, the tenant's own limits laid over those of the plan.")
            TwoLimits limits,

            @Schema(description = "Of the plans; the tenant's own stay.")
            Lists permissions,

            Lists secretScopes,

            @Schema(
                    description =
                            "Collections of the plan's template that are made, because the tenant has none of that name.")
            List<String> collections,

            @Schema(
                    description =
                            "Limits that the tenant is beyond with its new plan: it keeps what it has and gets no more.")
            List<Over> over) {

        /** Before and after. */
        @Schema(name = "PlanMoveNames")
        record Names(
                @Schema(maxLength = 32) String before,
                @Schema(maxLength = 32) String after) {}

        /** Before and after. */
        @Schema(name = "PlanMoveLimits")
        record TwoLimits(LimitsBody before, LimitsBody after) {}

        /** What is had only after, and only before. */
        @Schema(name = "PlanMoveLists")
        record Lists(List<String> gained, List<String> lost) {}

        /** A limit that is exceeded. */
        @Schema(name = "PlanMoveOver")
        record Over(
                @Schema(maxLength = 32, example = "origins") String limit,

                @Schema(description = "What it may have.", example = "3")
                long value,

                @Schema(description = "What it has.", example = "5")
                long used) {}

        static Response from(PlanMoves.Preview change, boolean dryRun) {
            return new Response(
                    dryRun,
                    new Names(change.before(), change.after()),
                    new TwoLimits(LimitsBody.from(change.limitsBefore()), LimitsBody.from(change.limitsAfter())),
                    new Lists(change.permissionsGained(), change.permissionsLost()),
                    new Lists(change.scopesGained(), change.scopesLost()),
                    change.collections(),
                    change.over().stream()
                            .map(over -> new Over(over.limit(), over.value(), over.used()))
                            .toList());
        }
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = "tenants:write")
    @Operation(
            operationId = "moveTenantToPlan",
            summary = "Move a tenant to another plan, or ask what that would change",
            description =
                    "The tenant gets the limits, permissions and secret scopes of the plan, and those collections of its template that it does"
                            + " not have. What it has beyond a limit of the new plan stays and does not grow; that is told, not refused."
                            + " With dryRun nothing is changed.")
    @ApiResponse(
            responseCode = "200",
            description = "What has changed, or would; the ETag is that of the tenant.",
            content = @Content(schema = @Schema(implementation = Response.class)))
    ResponseEntity<?> move(
            @PathVariable TenantId tenantId,
            @RequestBody Request body,
            Caller caller,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            Cause cause) {
        var why = Causes.with(cause, body.reason(), body.ticket());
        var plan = body.goodPlan();
        var id = tenants.find(tenantId, caller.reach()).id();
        var used = limits.usage(id);
        if (Boolean.TRUE.equals(body.dryRun())) {
            return answer(moves.preview(id, plan.value(), ifMatch, used, caller.reach(), why), true);
        }
        return idempotency.once(
                key,
                Scope.tenant(id),
                () -> answer(moves.move(id, plan.value(), ifMatch, used, caller.reach(), why), false));
    }

    private static ResponseEntity<Response> answer(PlanMoves.Preview change, boolean dryRun) {
        return ResponseEntity.ok().eTag(ETags.of(change.version())).body(Response.from(change, dryRun));
    }
}
