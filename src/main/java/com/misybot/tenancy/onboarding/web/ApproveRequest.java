package com.misybot.tenancy.onboarding.web;

import com.misybot.tenancy.kernel.TenantId;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an operator may say besides yes. */
@Schema(name = "ApproveApplication")
record ApproveRequest(
        @Schema(
                description = "The slug it gets, instead of the one it asked for: where that is not available.",
                example = "acme-dental",
                pattern = TenantId.PATTERN,
                minLength = 2,
                maxLength = 63)
        @Nullable
        String tenantId,

        @Schema(description = "Why, in the caller's words.", minLength = 1, maxLength = 500) @Nullable
        String reason,

        @Schema(description = "The caller's reference.", example = "OPS-1234", minLength = 1, maxLength = 500) @Nullable
        String ticket) {

    static final ApproveRequest NOTHING = new ApproveRequest(null, null, null);

    @Nullable
    TenantId chosen() {
        var texts = new Texts();
        var chosen = texts.value("/tenantId", tenantId, TenantId::new);
        texts.requireGood();
        return chosen;
    }
}
