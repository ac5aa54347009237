package com.misybot.tenancy.tenant.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.misybot.tenancy.tenant.Tenant;
import com.misybot.tenancy.tenant.TenantStatus;
import com.misybot.tenancy.web.ETags;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant on the wire. */
@Schema(
        name = "Tenant",
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
record TenantResponse(
        UUID id,
        String tenantId,
        String siteId,
        @Nullable String externalId,
        BusinessBody business,
        String plan,
        String region,
        List<String> allowedOrigins,
        List<String> permissions,
        Map<String, String> labels,

        @Schema(types = "object", description = "Free JSON.") @JsonRawValue
        String settings,

        TenantStatus status,
        @Nullable String statusReason,
        Instant statusSince,
        @Nullable Instant statusUntil,
        @Nullable Instant activeUntil,
        @Nullable Instant purgeAt,
        @Nullable Boolean purgeDue,
        long version,
        Instant createdAt,
        String createdBy,
        Instant updatedAt,
        String updatedBy) {

    static final String EXAMPLE = """
            {"id":"01a208d5-a61a-7335-9d2a-e42fa81105b8","tenantId":"acme-dental","siteId":"site_Hg8yLeu1nv4Stk0suZEL",\
            "business":{"name":"Acme Dental","country":"DE","locale":"de-DE","timeZone":"Europe/Berlin"},\
            "plan":"standard","region":"eu-central","allowedOrigins":["https://www.acme-dental.example"],\
            "permissions":["chat.reply"],"labels":{"tier":"gold"},"settings":{},"status":"ACTIVE",\
            "statusSince":"2026-11-23T14:35:49.145407Z","version":1,"createdAt":"2026-11-23T14:35:49.145407Z",\
            "createdBy":"operator:LKO0iouP7IQX","updatedAt":"2026-11-23T14:35:49.145407Z",\
            "updatedBy":"operator:LKO0iouP7IQX"}""";

    /** Fields a client may send back as they are, and never change. */
    static final Set<String> READ_ONLY = Set.of(
            "id",
            "tenantId",
            "siteId",
            "status",
            "statusReason",
            "statusSince",
            "statusUntil",
            "purgeAt",
            "purgeDue",
            "version",
            "createdAt",
            "createdBy",
            "updatedAt",
            "updatedBy");

    /** The version, and whether the purge is due: that comes with time alone. */
    String tag() {
        return ETags.of(version, Boolean.TRUE.equals(purgeDue) ? "due" : null);
    }

    static TenantResponse from(Tenant tenant, Instant now) {
        var profile = tenant.profile();
        var standing = tenant.standing();
        var revision = tenant.revision();
        return new TenantResponse(
                tenant.id(),
                tenant.tenantId().value(),
                tenant.siteId().value(),
                profile.externalId(),
                BusinessBody.from(profile.business()),
                profile.plan(),
                profile.region(),
                profile.allowedOrigins(),
                profile.permissions(),
                profile.labels(),
                profile.settings(),
                standing.status(),
                standing.reason(),
                standing.since(),
                standing.status() == TenantStatus.SUSPENDED ? standing.until() : null,
                profile.activeUntil(),
                standing.purgeAt(),
                standing.purgeAt() == null ? null : standing.purgeDue(now),
                revision.version(),
                revision.createdAt(),
                revision.createdBy(),
                revision.updatedAt(),
                revision.updatedBy());
    }
}
