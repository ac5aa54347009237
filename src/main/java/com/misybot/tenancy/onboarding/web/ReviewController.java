package com.misybot.tenancy.onboarding.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.onboarding.Application;
import com.misybot.tenancy.onboarding.ApplicationFilter;
import com.misybot.tenancy.onboarding.ApplicationState;
import com.misybot.tenancy.onboarding.Review;
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
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What operators do with applications over HTTP. */
@RestController
@RequestMapping(path = ReviewController.PATH, version = RestPaths.VERSION, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Onboarding")
class ReviewController {

    static final String PATH = ApplicantController.PATH + "/applications";
    static final String SCOPE = "onboarding:review";

    private final Review review;
    private final Idempotency idempotency;

    ReviewController(Review review, Idempotency idempotency) {
        this.review = review;
        this.idempotency = idempotency;
    }

    @Access(scope = SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(operationId = "listApplications", summary = "List applications", description = "The latest first.")
    @GetMapping
    Page<ApplicationResponse> list(
            Paging paging,
            @RequestParam(required = false) @Nullable Set<ApplicationState> state,
            @RequestParam(required = false) @Nullable String host,
            @RequestParam(required = false) @Nullable String tenantId,
            Caller caller) {
        var found =
                review.list(filter(state, host, tenantId), position(paging.cursor()), paging.limit(), caller.reach());
        return paging.page(
                        found,
                        one -> List.of(one.createdAt().toString(), one.id().toString()))
                .map(ApplicationResponse::from);
    }

    /** How many there are. */
    @Schema(name = "ApplicationCount")
    record Count(long count) {}

    @Access(scope = SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(operationId = "countApplications", summary = "Count applications")
    @GetMapping("/count")
    Count count(
            @RequestParam(required = false) @Nullable Set<ApplicationState> state,
            @RequestParam(required = false) @Nullable String host,
            @RequestParam(required = false) @Nullable String tenantId,
            Caller caller) {
        return new Count(review.count(filter(state, host, tenantId), caller.reach()));
    }

    @Access(scope = SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(
            operationId = "getApplication",
            summary = "Read an application",
            description = "With who applied and, where no mail server is configured, with the link of the last mail.")
    @GetMapping("/{id}")
    ResponseEntity<ApplicationResponse> read(@PathVariable UUID id, Caller caller) {
        var body = ApplicationResponse.from(review.read(id, caller.reach()));
        return ETags.ok(body, body.version());
    }

    @Access(scope = SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(
            operationId = "approveApplication",
            summary = "Approve an application",
            description =
                    "The tenant comes into being right after. Where the registry refuses it, because its name is taken for"
                            + " example, the application waits for a decision again, with the reason.")
    @ApiResponse(
            responseCode = "200",
            description = "The application, approved.",
            content = @Content(schema = @Schema(implementation = ApplicationResponse.class)))
    @PostMapping(path = "/{id}/approve", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> approve(
            @PathVariable UUID id,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            Caller caller,
            Cause cause,
            @RequestBody(required = false) @Nullable ApproveRequest body) {
        var asked = Objects.requireNonNullElse(body, ApproveRequest.NOTHING);
        var why = Causes.with(cause, asked.reason(), asked.ticket());
        var chosen = asked.chosen();
        return once(key, () -> review.approve(id, chosen, ifMatch, caller.reach(), why));
    }

    @Access(scope = SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(
            operationId = "rejectApplication",
            summary = "Reject an application",
            description = "Needs a reason, which the applicant is told.")
    @ApiResponse(
            responseCode = "200",
            description = "The application, rejected.",
            content = @Content(schema = @Schema(implementation = ApplicationResponse.class)))
    @PostMapping(path = "/{id}/reject", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> reject(
            @PathVariable UUID id,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            Caller caller,
            Cause cause,
            @RequestBody(required = false) @Nullable WhyBody body) {
        var why = WhyBody.with(cause, body);
        return once(key, () -> review.reject(id, ifMatch, caller.reach(), why));
    }

    @Access(scope = SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(
            operationId = "resendMail",
            summary = "Send the mail again that belongs to an application's state",
            description = "Without a mail server this makes a new link.")
    @ApiResponse(
            responseCode = "200",
            description = "The application.",
            content = @Content(schema = @Schema(implementation = ApplicationResponse.class)))
    @PostMapping(path = "/{id}/resend", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> resend(
            @PathVariable UUID id,
            IdempotencyKey key,
            Caller caller,
            Cause cause,
            @RequestBody(required = false) @Nullable WhyBody body) {
        var why = WhyBody.with(cause, body);
        return once(key, () -> review.resend(id, caller.reach(), why));
    }

    private ResponseEntity<?> once(IdempotencyKey key, Supplier<Application> effect) {
        return idempotency.once(key, Scope.platformRows(), () -> {
            var body = ApplicationResponse.from(effect.get());
            return ETags.ok(body, body.version());
        });
    }

    private static ApplicationFilter filter(
            @Nullable Set<ApplicationState> states, @Nullable String host, @Nullable String tenantId) {
        return new ApplicationFilter(states == null ? Set.of() : states, host, tenantId);
    }

    private static Review.@Nullable Position position(@Nullable List<String> cursor) {
        return cursor == null
                ? null
                : new Review.Position(Instant.parse(cursor.get(0)), UUID.fromString(cursor.get(1)));
    }
}
