package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.Tenant;
import com.misybot.tenancy.tenant.TenantService;
import com.misybot.tenancy.tenant.TenantSettings;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.ETags;
import com.misybot.tenancy.web.Idempotency;
import com.misybot.tenancy.web.IdempotencyKey;
import com.misybot.tenancy.web.RestPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Single tenants: register, read, replace, patch. */
@RestController
@RequestMapping(path = TenantController.PATH, version = RestPaths.VERSION)
@Tag(name = "Tenants")
class TenantController {

    static final String PATH = RestPaths.API + "/tenants";

    private final TenantService tenants;
    private final TenantSettings settings;
    private final Idempotency idempotency;
    private final Clock clock;

    TenantController(TenantService tenants, TenantSettings settings, Idempotency idempotency, Clock clock) {
        this.tenants = tenants;
        this.settings = settings;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @PostMapping
    @Access(scope = "tenants:write")
    @Operation(
            summary = "Register a tenant",
            description =
                    "The tenant is ACTIVE at once. With Prefer: respond-async the answer is 202 and names an operation.")
    ResponseEntity<?> register(
            IdempotencyKey key, Caller caller, Cause cause, @RequestBody RegisterTenantRequest body) {
        var registration = body.toRegistration(settings);
        return idempotency.once(
                key, Scope.platform(), () -> created(tenants.register(registration, caller.reach(), cause)));
    }

    @GetMapping("/{tenantId}")
    @Access(scope = "tenants:read")
    @Operation(summary = "Read a tenant")
    ResponseEntity<TenantResponse> read(@PathVariable TenantId tenantId, Caller caller) {
        return answer(tenants.find(tenantId, caller.reach()));
    }

    private ResponseEntity<TenantResponse> answer(Tenant tenant) {
        return ETags.ok(
                TenantResponse.from(tenant, clock.instant()), tenant.revision().version());
    }

    private ResponseEntity<TenantResponse> created(Tenant tenant) {
        return ResponseEntity.created(URI.create(PATH + "/" + tenant.tenantId()))
                .eTag(ETags.of(tenant.revision().version()))
                .body(TenantResponse.from(tenant, clock.instant()));
    }
}
