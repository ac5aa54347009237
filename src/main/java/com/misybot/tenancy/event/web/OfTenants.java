package com.misybot.tenancy.event.web;

import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose events are wanted, as a client writes it. */
record OfTenants(
        @Parameter(
                description = "Events of these tenants alone; repeat the parameter for several.",
                array =
                        @ArraySchema(
                                maxItems = MOST,
                                schema =
                                        @Schema(
                                                type = "string",
                                                pattern = TenantId.PATTERN,
                                                maxLength = TenantId.MAX_LENGTH)))
        @Nullable
        List<TenantId> tenantId) {

    private static final int MOST = 100;

    /** Empty for all. */
    Set<TenantId> asSet() {
        if (tenantId != null && tenantId.size() > MOST) {
            throw ProblemException.invalid(
                    FieldError.query("tenantId", FieldError.RANGE, "Give at most " + MOST + " tenants."));
        }
        return tenantId == null ? Set.of() : Set.copyOf(tenantId);
    }
}
