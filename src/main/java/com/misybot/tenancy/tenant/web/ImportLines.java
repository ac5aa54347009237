package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.Failures;
import com.misybot.tenancy.tenant.TenantSettings;
import com.misybot.tenancy.tenant.transfer.ImportLine;
import com.misybot.tenancy.web.RequestBodies;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the JSON of a line by the rules of request bodies. */
@Component
class ImportLines implements ImportLine.Reading {

    private final RequestBodies bodies;
    private final TenantSettings settings;

    ImportLines(RequestBodies bodies, TenantSettings settings) {
        this.bodies = bodies;
        this.settings = settings;
    }

    @Override
    public ImportLine read(byte[] json) {
        @Nullable String slug = null;
        try {
            var request = bodies.read(json, ImportTenantRequest.class);
            slug = slug(request.tenantId());
            return new ImportLine(slug, request.toArrival(settings), null);
        } catch (RuntimeException e) {
            return new ImportLine(slug, null, Failures.problem(e));
        }
    }

    /** What can be shown again: a refused text is not. */
    private static @Nullable String slug(@Nullable String tenantId) {
        try {
            return tenantId == null ? null : new TenantId(tenantId).value();
        } catch (InvalidValue e) {
            return null;
        }
    }
}
