package com.misybot.tenancy.tenant.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.tenant.Tenant;
import com.misybot.tenancy.tenant.TenantRegistration;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A tenant that has just been registered, on the wire: all that a read of it shows, and its first secret. */
@Schema(
        name = "RegisteredTenant",
        requiredProperties = {
            "id",
            "tenantId",
            "siteId",
            "business",
            "plan",
            "region",
            "allowedOrigins",
            "permissions",
            "labels",
            "settings",
            "status",
            "statusSince",
            "version",
            "createdAt",
            "createdBy",
            "updatedAt",
            "updatedBy"
        },
        example = TenantResponse.EXAMPLE)
@JsonInclude(JsonInclude.Include.NON_NULL)
record RegisteredTenantResponse(
        @JsonUnwrapped TenantResponse tenant,

        @Schema(
                types = {"string", "null"},
                description =
                        "What the tenant authenticates with, for `Authorization: Bearer …`. Shown this once; null where the"
                                + " request is repeated under its Idempotency-Key, and left out where none was wanted.",
                maxLength = 80)
        @Nullable
        OneTimeSecret secret,

        @Schema(description = "That a secret was issued and is not shown again.") @Nullable
        Boolean secretWithheld) {

    static RegisteredTenantResponse from(TenantRegistration.Registered registered, Instant now) {
        return new RegisteredTenantResponse(TenantResponse.from(registered.tenant(), now), registered.secret(), null);
    }

    /** The tenant as it has become since. */
    static RegisteredTenantResponse from(TenantRegistration.Registered registered, Tenant present, Instant now) {
        return new RegisteredTenantResponse(TenantResponse.from(present, now), registered.secret(), null);
    }
}
