package com.misybot.tenancy.security.apikey;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.security.access.Authority;
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
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** API keys over HTTP. */
@RestController
@RequestMapping(path = ApiKeyController.PATH, version = RestPaths.VERSION, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "API keys", description = "Keys of operators and platform services.")
class ApiKeyController {

    static final String PATH = RestPaths.API + "/api-keys";

    static final String SCOPE = "apikeys:write";

    private final ApiKeys keys;
    private final Idempotency idempotency;
    private final Clock clock;

    ApiKeyController(ApiKeys keys, Idempotency idempotency, Clock clock) {
        this.keys = keys;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @Access(scope = SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(operationId = "createApiKey", summary = "Make a key", description = "Answers with its token, this once.")
    @ApiResponse(
            responseCode = "201",
            description = "The key with its token.",
            content = @Content(schema = @Schema(implementation = ApiKeyResponse.class)))
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ApiKeyResponse> create(
            IdempotencyKey key,
            @Parameter(hidden = true) @RequestAttribute(Authority.ATTRIBUTE) Authority giver,
            Cause cause,
            @Valid @RequestBody CreateApiKeyRequest body) {
        var why = Causes.with(cause, body.reason(), body.ticket());
        var wanted = body.toWanted();
        return once(key, () -> issued(keys.create(wanted, giver, why)));
    }

    @Access(scope = SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(operationId = "listApiKeys", summary = "List keys", description = "The latest first.")
    @GetMapping
    Page<ApiKeyResponse> list(
            Paging paging,
            @RequestParam(required = false) ApiKey.@Nullable Kind kind,
            @RequestParam(required = false) @Nullable String principal,
            Caller caller) {
        var now = clock.instant();
        var found = keys.list(
                caller.reach(), new ApiKeyRows.Filter(kind, principal), position(paging.cursor()), paging.limit());
        return paging.page(found, key -> List.of(key.createdAt().toString(), key.keyId()))
                .map(key -> ApiKeyResponse.from(key, now));
    }

    /** How many there are. */
    record Count(long count) {}

    @Access(scope = SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(operationId = "countApiKeys", summary = "Count keys")
    @GetMapping("/count")
    Count count(
            @RequestParam(required = false) ApiKey.@Nullable Kind kind,
            @RequestParam(required = false) @Nullable String principal,
            Caller caller) {
        return new Count(keys.count(caller.reach(), new ApiKeyRows.Filter(kind, principal)));
    }

    @Access(scope = SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(operationId = "getApiKey", summary = "Read a key")
    @GetMapping("/{keyId}")
    ResponseEntity<ApiKeyResponse> read(@PathVariable String keyId, Caller caller) {
        return answer(keys.read(keyId, caller.reach()));
    }

    @Access(scope = SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(
            operationId = "rotateApiKey",
            summary = "Rotate a key",
            description =
                    "Makes a successor with the same principal and the same rights, and answers with its token, this"
                            + " once. The old key is accepted for the overlap still.")
    @ApiResponse(
            responseCode = "201",
            description = "The successor with its token.",
            content = @Content(schema = @Schema(implementation = ApiKeyResponse.class)))
    @PostMapping(path = "/{keyId}/rotate", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ApiKeyResponse> rotate(
            @PathVariable String keyId,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            @Parameter(hidden = true) @RequestAttribute(Authority.ATTRIBUTE) Authority giver,
            Cause cause,
            @Valid @RequestBody(required = false) @Nullable RotateApiKeyRequest body) {
        var how = body == null ? new RotateApiKeyRequest(null, null, null, null) : body;
        var why = Causes.with(cause, how.reason(), how.ticket());
        var overlap = how.overlapOrDefault();
        var end = how.expiresAt() == null ? null : how.expiresAt().truncatedTo(ChronoUnit.MICROS);
        return once(key, () -> issued(keys.rotate(keyId, overlap, end, giver, ifMatch, why)));
    }

    @Access(scope = SCOPE, callers = Access.Kind.OPERATOR)
    @Operation(
            operationId = "revokeApiKey",
            summary = "Revoke a key",
            description = "No instance accepts it a second later. A key that is revoked already stays as it is.")
    @PostMapping(path = "/{keyId}/revoke", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ApiKeyResponse> revoke(
            @PathVariable String keyId,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            @Parameter(hidden = true) @RequestAttribute(Authority.ATTRIBUTE) Authority giver,
            Cause cause,
            @RequestBody(required = false) @Nullable WhyBody body) {
        var why = WhyBody.with(cause, body);
        return once(key, () -> answer(keys.revoke(keyId, giver, ifMatch, why)));
    }

    /** The answer of a replayed request is bytes, whatever its type says. */
    @SuppressWarnings("unchecked")
    private ResponseEntity<ApiKeyResponse> once(IdempotencyKey key, Supplier<ResponseEntity<ApiKeyResponse>> effect) {
        return (ResponseEntity<ApiKeyResponse>) idempotency.once(key, Scope.platformRows(), effect);
    }

    private ResponseEntity<ApiKeyResponse> answer(ApiKey key) {
        var body = ApiKeyResponse.from(key, clock.instant());
        return ETags.ok(body, body.tag());
    }

    private ResponseEntity<ApiKeyResponse> issued(ApiKeys.Issued issued) {
        var body = ApiKeyResponse.from(issued, clock.instant());
        return ResponseEntity.created(URI.create(PATH + "/" + body.keyId()))
                .eTag(body.tag())
                .body(body);
    }

    private static ApiKeyRows.@Nullable Position position(@Nullable List<String> cursor) {
        return cursor == null ? null : new ApiKeyRows.Position(Instant.parse(cursor.get(0)), cursor.get(1));
    }
}
