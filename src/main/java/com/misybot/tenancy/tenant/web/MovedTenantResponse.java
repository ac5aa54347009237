package com.misybot.tenancy.tenant.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.misybot.tenancy.tenant.Tenant;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** A tenant that has just been moved, on the wire: all that a read of it shows, and what the move did. */
@Schema(
        name = "MovedTenant",
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
            "updatedBy",
            "effects"
        })
@JsonInclude(JsonInclude.Include.NON_NULL)
record MovedTenantResponse(@JsonUnwrapped TenantResponse tenant, EffectsBody effects) {

    static MovedTenantResponse from(Tenant tenant, Instant now) {
        return new MovedTenantResponse(
                TenantResponse.from(tenant, now),
                EffectsBody.from(tenant.standing().status().effects()));
    }
}
