package com.misybot.tenancy.tenant.plan.web;

import com.misybot.tenancy.tenant.plan.Plan;
import com.misybot.tenancy.tenant.plan.SecretScope;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A plan on the wire. */
@Schema(
        name = "Plan",
        requiredProperties = {
            "id",
            "name",
            "limits",
            "permissions",
            "secretScopes",
            "template",
            "version",
            "createdAt",
            "createdBy",
            "updatedAt",
            "updatedBy"
        },
        example = PlanResponse.EXAMPLE)
record PlanResponse(
        @Schema(description = "What it is called in tenants and keys.")
        String id,

        @Schema(description = "For people.") String name,

        @Schema(description = "What its tenants may use.") LimitsBody limits,

        @Schema(description = "Permissions its tenants have beside their own.")
        List<String> permissions,

        @Schema(description = "Scopes the secrets of its tenants have beside the usual ones.")
        List<SecretScope> secretScopes,

        @Schema(description = "What is set up for new tenants, and for those that move to it.")
        TemplateResponse template,

        @Schema(description = "Raised by 1 with every change.")
        long version,

        Instant createdAt,
        String createdBy,
        Instant updatedAt,
        String updatedBy) {

    static final String EXAMPLE = """
            {"id":"gold","name":"Gold","limits":{"resolvesPerSecond":200,"introspectionsPerSecond":400,\
            "verificationsPerSecond":100,"sessionStartsPerMinute":30,"sessions":10000,"origins":50,"sessionIdle":"PT30M",\
            "sessionLifetime":"PT24H","collections":20,"documents":100000,"documentBytes":1000000000},"permissions":["analytics.read"],"secretScopes":["events:read"],\
            "template":{"collections":[{"name":"conversations","fields":[{"name":"visitor","type":"string","indexed":true}]}]},\
            "version":1,\
            "createdAt":"2026-11-23T14:35:49.145407Z","createdBy":"operator:ops-anna",\
            "updatedAt":"2026-11-23T14:35:49.145407Z","updatedBy":"operator:ops-anna"}""";

    /** Fields a client may send back as they are, and never change. */
    static final Set<String> READ_ONLY = Set.of("id", "version", "createdAt", "createdBy", "updatedAt", "updatedBy");

    static PlanResponse from(Plan plan) {
        var terms = plan.terms();
        return new PlanResponse(
                plan.id(),
                terms.name(),
                LimitsBody.from(terms.limits()),
                terms.permissions(),
                terms.secretScopes(),
                TemplateResponse.from(terms.template()),
                plan.version(),
                plan.createdAt(),
                plan.createdBy(),
                plan.updatedAt(),
                plan.updatedBy());
    }
}
