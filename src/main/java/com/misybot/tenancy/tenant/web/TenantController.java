package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.operation.OperationOrder;
import com.misybot.tenancy.operation.Operations;
import com.misybot.tenancy.tenant.Tenant;
import com.misybot.tenancy.tenant.TenantRegistration;
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
import java.util.Map;
import java.util.Set;
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

    private static final String CREATION = "tenant.create";

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
            description = "The tenant, with its first secret this once.",
            content = @Content(schema = @Schema(implementation = RegisteredTenantResponse.class)))
    @ApiResponse(
            responseCode = "202",
            description = "The tenant, where an answer by an operation was preferred; Location names it.",
            content = @Content(schema = @Schema(implementation = RegisteredTenantResponse.class)))
    @Access(scope = "tenants:write")
    @Operation(
            summary = "Register a tenant",
            description =
                    "The tenant is ACTIVE at once, and is issued a secret, shown this once. With Prefer: respond-async the answer is 202 and names an operation.")
    ResponseEntity<?> register(
            IdempotencyKey key, Waiting waiting, Caller caller, Cause cause, @RequestBody RegisterTenantRequest body) {
        var registration = body.toRegistration(settings);
        return idempotency.once(key, Scope.platform(), () -> {
            var registered = registrations.register(registration, body.wantsSecret(), caller.reach(), cause);
            var tenant = registered.tenant();
            var answer = waiting.async() ? accepted(tenant, cause) : created(tenant);
            return answer.headers(waiting::applied)
                    .eTag(ETags.of(tenant.revision().version()))
                    .body(RegisteredTenantResponse.from(registered, clock.instant()));
        });
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

    private static ResponseEntity.BodyBuilder created(Tenant tenant) {
        return ResponseEntity.created(URI.create(PATH + "/" + tenant.tenantId()));
    }

    /** There is nothing long to do until provisioning exists: the operation is done when the client hears of it. */
    private ResponseEntity.BodyBuilder accepted(Tenant tenant, Cause cause) {
        var done = operations.recordDone(
                OperationOrder.of(CREATION, Scope.platformRows(), tenant.tenantId(), cause.actor()),
                Map.of("tenantId", tenant.tenantId().value()));
        return ResponseEntity.accepted().location(Operations.location(done.id()));
    }
}
