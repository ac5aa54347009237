package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.operation.Operations;
import com.misybot.tenancy.tenant.Tenant;
import com.misybot.tenancy.tenant.TenantRegistration;
import com.misybot.tenancy.tenant.TenantRegistration.Registered;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.tenant.TenantSettings;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.ETags;
import com.misybot.tenancy.web.Idempotency;
import com.misybot.tenancy.web.IdempotencyKey;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.RequestBodies;
import com.misybot.tenancy.web.RestPaths;
import com.misybot.tenancy.web.Waiting;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Single tenants: register, read, replace, patch. */
@RestController
@RequestMapping(path = TenantController.PATH, version = RestPaths.VERSION, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Tenants")
class TenantController {

    /** How long the answer to a registration waits for the tenant to be set up, where its client does not say. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    static final String PATH = RestPaths.API + "/tenants";

    private final TenantService tenants;
    private final TenantRegistration registrations;
    private final TenantSettings settings;
    private final Idempotency idempotency;
    private final Operations operations;
    private final RequestBodies bodies;
    private final Clock clock;

    TenantController(
            TenantService tenants,
            TenantRegistration registrations,
            TenantSettings settings,
            Idempotency idempotency,
            Operations operations,
            RequestBodies bodies,
            Clock clock) {
        this.tenants = tenants;
        this.registrations = registrations;
        this.settings = settings;
        this.idempotency = idempotency;
        this.operations = operations;
        this.bodies = bodies;
        this.clock = clock;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(
            responseCode = "201",
            description =
                    "The tenant, with its first secret this once: ACTIVE, or PROVISIONING where that takes longer.",
            content = @Content(schema = @Schema(implementation = RegisteredTenantResponse.class)))
    @ApiResponse(
            responseCode = "202",
            description =
                    "The tenant, where an answer by an operation was preferred; Location names the one that sets it up.",
            content = @Content(schema = @Schema(implementation = RegisteredTenantResponse.class)))
    @Access(scope = "tenants:write")
    @Operation(
            summary = "Register a tenant",
            description =
                    "The tenant is issued a secret, shown this once, and is set up in every store. The answer waits for that, for 2"
                            + " seconds or for those of Prefer: wait=N (0 to 60); a tenant that is PROVISIONING still comes into a"
                            + " later version when it is ACTIVE. With Prefer: respond-async the answer is 202 at once and names the"
                            + " operation.")
    ResponseEntity<?> register(
            IdempotencyKey key, Waiting waiting, Caller caller, Cause cause, @RequestBody RegisterTenantRequest body)
            throws InterruptedException {
        var registration = body.toRegistration(settings);
        var made = new AtomicReference<@Nullable Registered>();
        var answer = idempotency.once(key, Scope.platform(), () -> {
            var registered = registrations.register(registration, body.wantsSecret(), caller.reach(), cause);
            made.set(registered);
            return answer(registered, waiting)
                    .eTag(ETags.of(registered.tenant().revision().version()))
                    .body(RegisteredTenantResponse.from(registered, clock.instant()));
        });
        var registered = made.get();
        return registered == null ? answer : waited(answer, registered, waiting, caller);
    }

    /** What the tenant has become in the time that the client waits for it; its secret is still the one of its registration. */
    private ResponseEntity<?> waited(ResponseEntity<?> atOnce, Registered registered, Waiting waiting, Caller caller)
            throws InterruptedException {
        var patience = waiting.orDefault(PATIENCE);
        if (registered.operation() == null || patience.isZero()) {
            return atOnce;
        }
        operations.await(registered.operation(), patience);
        var present = tenants.find(registered.tenant().tenantId(), caller.reach());
        var body = RegisteredTenantResponse.from(registered, present, clock.instant());
        return answer(registered, waiting).eTag(body.tenant().tag()).body(body);
    }

    private static ResponseEntity.BodyBuilder answer(Registered registered, Waiting waiting) {
        var operation = registered.operation();
        var answer = waiting.async() && operation != null
                ? ResponseEntity.accepted().location(Operations.location(operation))
                : ResponseEntity.created(
                        URI.create(PATH + "/" + registered.tenant().tenantId()));
        return answer.headers(waiting::applied);
    }

    @GetMapping("/{tenantId}")
    @Access(
            scope = "tenants:read",
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(summary = "Read a tenant", description = "With a secret of its own, a tenant reads itself.")
    ResponseEntity<TenantResponse> read(@PathVariable TenantId tenantId, Caller caller) {
        return answer(tenants.find(tenantId, caller.reach()));
    }

    @PutMapping(path = "/{tenantId}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = "tenants:write")
    @Operation(
            summary = "Replace what a client may set of a tenant",
            description = "What is left out becomes empty. Read-only fields may be sent back as they are.")
    ResponseEntity<TenantResponse> replace(
            @PathVariable TenantId tenantId,
            IfMatch ifMatch,
            Caller caller,
            Cause cause,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = ReplaceTenantRequest.class)))
                    @RequestBody
                    JsonNode body) {
        return edit(tenantId, ifMatch, caller, cause, bodies::replace, body);
    }

    @PatchMapping(path = "/{tenantId}", consumes = "application/merge-patch+json")
    @Access(scope = "tenants:write")
    @Operation(
            summary = "Change some of a tenant",
            description = "A JSON Merge Patch (RFC 7396): what is left out stays, null clears.")
    ResponseEntity<TenantResponse> patch(
            @PathVariable TenantId tenantId,
            IfMatch ifMatch,
            Caller caller,
            Cause cause,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = ReplaceTenantRequest.class)))
                    @RequestBody
                    JsonNode body) {
        return edit(tenantId, ifMatch, caller, cause, bodies::patch, body);
    }

    /** How a body and what GET answers now make a request: {@link RequestBodies#replace} or {@link RequestBodies#patch}. */
    private interface Editing {
        ReplaceTenantRequest apply(
                JsonNode body, Object current, Set<String> readOnly, Class<ReplaceTenantRequest> type);
    }

    private ResponseEntity<TenantResponse> edit(
            TenantId tenantId, IfMatch ifMatch, Caller caller, Cause cause, Editing editing, JsonNode body) {
        var id = tenants.find(tenantId, caller.reach()).id();
        return answer(tenants.replace(
                id,
                tenant -> {
                    var current = TenantResponse.from(tenant, clock.instant());
                    var fields = new Fields();
                    var sent = ifMatch.isExactly(current.tag()) ? body : withoutReadOnly(body);
                    var next = editing.apply(sent, current, TenantResponse.READ_ONLY, ReplaceTenantRequest.class)
                            .toProfile(fields, settings);
                    fields.requireGood();
                    return next;
                },
                tenant -> ifMatch.require(tenant.revision().version()),
                caller.reach(),
                cause));
    }

    /** Who read something else sends what was true of it: 412 says so where the version is another, {@code read_only} would mislead. */
    private static JsonNode withoutReadOnly(JsonNode body) {
        return body instanceof ObjectNode object ? object.deepCopy().remove(TenantResponse.READ_ONLY) : body;
    }

    private ResponseEntity<TenantResponse> answer(Tenant tenant) {
        var body = TenantResponse.from(tenant, clock.instant());
        return ETags.ok(body, body.tag());
    }
}
