package com.misybot.tenancy.tenant.plan.web;

import com.google.common.hash.Hashing;
import com.misybot.tenancy.tenant.TenantLimits;
import com.misybot.tenancy.web.ETags;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** The limits of a tenant on the wire. */
@Schema(
        name = "TenantLimits",
        requiredProperties = {"plan", "overrides", "effective", "usage"})
record TenantLimitsResponse(
        @Schema(description = "What its plan gives.") LimitsBody plan,

        @Schema(description = "What it has instead.") LimitOverridesBody overrides,

        @Schema(description = "What holds.") LimitsBody effective,

        @Schema(
                description =
                        "How much of a limit is used now, by its name; one is missing where that cannot be told now.",
                example = "{\"origins\":3}")
        Map<String, Long> usage) {

    /** Fields a client may send back as they are, and never change. */
    static final Set<String> READ_ONLY = Set.of("plan", "effective", "usage");

    /** The first letters of the word in the tag, which stand for all but the usage: a change is made on that. */
    static final int LETTERS = 5;

    static TenantLimitsResponse from(TenantLimits.Sources limits, Map<String, Long> usage) {
        return new TenantLimitsResponse(
                LimitsBody.from(limits.plan()),
                LimitOverridesBody.from(limits.overrides()),
                LimitsBody.from(limits.effective()),
                usage);
    }

    /** The version of the tenant, and a word for what changes without it: the plan, and behind that the usage. */
    String tag(long version) {
        return ETags.of(version, letters(plan + " " + overrides + " " + effective) + letters(usage.toString()));
    }

    private static String letters(String text) {
        var digest = Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asBytes();
        var word = new StringBuilder();
        for (var i = 0; i < LETTERS; i++) {
            word.append((char) ('a' + Math.floorMod(digest[i], 26)));
        }
        return word.toString();
    }
}
