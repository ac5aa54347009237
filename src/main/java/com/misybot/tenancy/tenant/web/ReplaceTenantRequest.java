package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.kernel.Origin;
import com.misybot.tenancy.tenant.TenantSettings;
import com.misybot.tenancy.tenant.profile.Business;
import com.misybot.tenancy.tenant.profile.ExternalId;
import com.misybot.tenancy.tenant.profile.Labels;
import com.misybot.tenancy.tenant.profile.Permission;
import com.misybot.tenancy.tenant.profile.PlanId;
import com.misybot.tenancy.tenant.profile.Profile;
import com.misybot.tenancy.tenant.profile.Region;
import com.misybot.tenancy.tenant.profile.Settings;
import com.misybot.tenancy.web.FieldError;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** All that a client may set. What is left out becomes empty, plan and region their defaults. */
@Schema(name = "ReplaceTenant")
record ReplaceTenantRequest(
        @Schema(description = "What an older system calls the tenant.", example = "crm-4711", maxLength = 128) @Nullable
        String externalId,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        BusinessBody business,

        @Schema(
                description = "What the tenant gets.",
                example = "standard",
                defaultValue = "standard",
                pattern = "^[a-z0-9-]{2,32}$",
                maxLength = 32)
        @Nullable
        String plan,

        @Schema(
                description = "Where its data lives; by default the first configured region.",
                example = "eu-central",
                pattern = "^[a-z0-9-]{2,32}$",
                maxLength = 32)
        @Nullable
        String region,

        @ArraySchema(
                maxItems = 50,
                arraySchema = @Schema(description = "Origins whose pages may talk for the tenant."),
                schema = @Schema(example = "https://www.acme-dental.example", maxLength = 2048))
        @Nullable
        List<@Nullable String> allowedOrigins,

        @ArraySchema(
                maxItems = 64,
                arraySchema = @Schema(description = "Permissions of the configured catalogue."),
                schema = @Schema(example = "chat.reply", pattern = "^[a-z][a-z0-9_.:-]{0,63}$", maxLength = 64))
        @Nullable
        List<@Nullable String> permissions,

        @Schema(
                description = "The platform's own words about the tenant, at most 64 pairs.",
                example = "{\"tier\":\"gold\"}",
                maxProperties = 64)
        @Nullable
        Map<String, @Nullable String> labels,

        @Schema(types = "object", description = "Free JSON up to 16 KB.", maxProperties = 1000) @Nullable
        JsonNode settings,

        @Schema(
                description = "When the tenant is suspended by itself.",
                example = "2030-01-01T00:00:00Z",
                maxLength = 30)
        @Nullable
        Instant activeUntil) {

    private static final int MAX_ORIGINS = 50;
    private static final int MAX_PERMISSIONS = 64;
    private static final String DEFAULT_PLAN = "standard";
    private static final Business NOBODY = new Business("", null, null, null, null, null, null, null, null, null);

    /** The profile this asks for; what is wrong with it is collected in {@code fields}. */
    Profile toProfile(Fields fields, TenantSettings settings) {
        var chosenPlan = fields.text("/plan", plan, PlanId::new);
        var chosenRegion = fields.text("/region", region, Region::new);
        return new Profile(
                fields.text("/externalId", externalId, ExternalId::new),
                fields.required("/business", business, body -> body.toBusiness(fields), NOBODY),
                chosenPlan == null ? DEFAULT_PLAN : chosenPlan,
                chosenRegion == null ? settings.regions().getFirst() : chosenRegion,
                origins(fields, settings.localhostOrigins()),
                chosenPermissions(fields),
                chosenLabels(fields),
                chosenSettings(fields),
                activeUntil == null ? null : activeUntil.truncatedTo(ChronoUnit.MICROS));
    }

    private List<String> origins(Fields fields, boolean localhost) {
        var texts = bounded(fields, "/allowedOrigins", allowedOrigins, MAX_ORIGINS);
        var origins = new LinkedHashSet<String>();
        for (var i = 0; i < texts.size(); i++) {
            var origin = fields.required(
                    "/allowedOrigins/" + i,
                    texts.get(i),
                    text -> Origin.of(text, localhost).toString(),
                    "");
            origins.add(origin);
        }
        return List.copyOf(origins);
    }

    private List<String> chosenPermissions(Fields fields) {
        var texts = bounded(fields, "/permissions", permissions, MAX_PERMISSIONS);
        var chosen = new TreeSet<String>();
        for (var i = 0; i < texts.size(); i++) {
            chosen.add(fields.required("/permissions/" + i, texts.get(i), text -> new Permission(text).value(), ""));
        }
        return List.copyOf(chosen);
    }

    private Map<String, String> chosenLabels(Fields fields) {
        var chosen = new java.util.TreeMap<String, String>();
        if (labels != null) {
            labels.forEach((key, value) -> {
                var pointer = "/labels/" + key.replace("~", "~0").replace("/", "~1");
                chosen.put(key, fields.required(pointer, value, text -> text, ""));
            });
        }
        var checked = fields.value("/labels", chosen, Labels::new);
        return checked == null ? Map.of() : checked.pairs();
    }

    private String chosenSettings(Fields fields) {
        if (settings == null || settings.isNull()) {
            return "{}";
        }
        if (!(settings instanceof ObjectNode object)) {
            fields.refuse("/settings", FieldError.TYPE, "Settings are a JSON object.");
            return "{}";
        }
        var kept = fields.value("/settings", object, Settings::of);
        return kept == null ? "{}" : kept.toString();
    }

    private static List<@Nullable String> bounded(
            Fields fields, String pointer, @Nullable List<@Nullable String> texts, int most) {
        if (texts == null) {
            return List.of();
        }
        if (texts.size() > most) {
            fields.refuse(pointer, FieldError.LENGTH, "At most " + most + " are possible.");
            return List.of();
        }
        return new ArrayList<>(texts);
    }
}
