package com.misybot.tenancy.onboarding.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.onboarding.Invitations;
import com.misybot.tenancy.tenant.profile.PlanId;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.Causes;
import com.misybot.tenancy.web.ETags;
import com.misybot.tenancy.web.Idempotency;
import com.misybot.tenancy.web.IdempotencyKey;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.Page;
import com.misybot.tenancy.web.Paging;
import com.misybot.tenancy.web.RestPaths;
import com.misybot.tenancy.web.WhyBody;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Invitations over HTTP. */
@RestController
@RequestMapping(
        path = InvitationController.PATH,
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Onboarding")
class InvitationController {

    static final String PATH = ApplicantController.PATH + "/invitations";

    private final Invitations invitations;
    private final Idempotency idempotency;
    private final Clock clock;

    InvitationController(Invitations invitations, Idempotency idempotency, Clock clock) {
        this.invitations = invitations;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /** What an invitation shall be. */
    @Schema(name = "CreateInvitation")
    record CreateInvitationRequest(
            @Size(max = 500)
            @Schema(description = "What the operator wants to remember.", example = "For the fair in March")
            @Nullable
            String note,

            @Schema(
                    description = "What whoever applies with it gets.",
                    example = "standard",
                    pattern = "^[a-z0-9-]{2,32}$",
                    maxLength = 32)
            @Nullable
            String plan,

            @Schema(
                    description =
                            "Whether no operator has to decide any more: address and site are proven all the same.",
                    defaultValue = "false")
            @Nullable
            Boolean approved,

            @Schema(description = "From when on it is refused; 30 days from now where it is left out.") @Nullable
            Instant expiresAt,

            @Schema(description = "Why, in the caller's words.", minLength = 1, maxLength = 500) @Nullable
            String reason,

            @Schema(description = "The caller's reference.", minLength = 1, maxLength = 500) @Nullable
            String ticket) {

        Invitations.Wanted toWanted() {
            var texts = new Texts();
            var given = texts.value("/plan", plan, PlanId::new);
            texts.requireGood();
            return new Invitations.Wanted(
                    note,
                    given,
                    Boolean.TRUE.equals(approved),
                    expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS));
        }
    }

    @Access(scope = ReviewController.SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(
            operationId = "createInvitation",
            summary = "Make an invitation",
            description = "Answers with its code, this once. It is good for one application.")
    @ApiResponse(
            responseCode = "201",
            description = "The invitation with its code.",
            content = @Content(schema = @Schema(implementation = InvitationResponse.class)))
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> create(
            IdempotencyKey key, Caller caller, Cause cause, @Valid @RequestBody CreateInvitationRequest body) {
        var why = Causes.with(cause, body.reason(), body.ticket());
        var wanted = body.toWanted();
        return idempotency.once(key, Scope.platformRows(), () -> {
            var issued = invitations.create(wanted, caller.reach(), why);
            var made = InvitationResponse.from(issued.invitation(), clock.instant(), issued.code());
            return ResponseEntity.created(URI.create(PATH + "/" + made.id()))
                    .eTag(made.tag())
                    .body(made);
        });
    }

    @Access(scope = ReviewController.SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(operationId = "listInvitations", summary = "List invitations", description = "The latest first.")
    @GetMapping
    Page<InvitationResponse> list(Paging paging, Caller caller) {
        var cursor = paging.cursor();
        var found = invitations.list(
                cursor == null ? null : Instant.parse(cursor.get(0)),
                cursor == null ? null : UUID.fromString(cursor.get(1)),
                paging.limit(),
                caller.reach());
        var now = clock.instant();
        return paging.page(
                        found,
                        one -> List.of(one.createdAt().toString(), one.id().toString()))
                .map(one -> InvitationResponse.from(one, now));
    }

    /** How many there are. */
    @Schema(name = "InvitationCount")
    record Count(long count) {}

    @Access(scope = ReviewController.SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(operationId = "countInvitations", summary = "Count invitations")
    @GetMapping("/count")
    Count count(Caller caller) {
        return new Count(invitations.count(caller.reach()));
    }

    @Access(scope = ReviewController.SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(operationId = "getInvitation", summary = "Read an invitation")
    @GetMapping("/{id}")
    ResponseEntity<InvitationResponse> read(@PathVariable UUID id, Caller caller) {
        var body = InvitationResponse.from(invitations.read(id, caller.reach()), clock.instant());
        return ETags.ok(body, body.tag());
    }

    @Access(scope = ReviewController.SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(
            operationId = "revokeInvitation",
            summary = "Revoke an invitation",
            description = "One that is revoked already stays as it is; an application that has used it goes on.")
    @ApiResponse(
            responseCode = "200",
            description = "The invitation as it is now.",
            content = @Content(schema = @Schema(implementation = InvitationResponse.class)))
    @PostMapping(path = "/{id}/revoke", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> revoke(
            @PathVariable UUID id,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            Caller caller,
            Cause cause,
            @RequestBody(required = false) @Nullable WhyBody body) {
        var why = WhyBody.with(cause, body);
        return idempotency.once(key, Scope.platformRows(), () -> {
            var revoked =
                    InvitationResponse.from(invitations.revoke(id, ifMatch, caller.reach(), why), clock.instant());
            return ETags.ok(revoked, revoked.tag());
        });
    }
}
