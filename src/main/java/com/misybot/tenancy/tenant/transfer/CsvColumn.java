package com.misybot.tenancy.tenant.transfer;

import com.misybot.tenancy.tenant.Tenant;
import com.misybot.tenancy.tenant.profile.Business;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A column of a CSV of tenants, in the order of the file. An absent value is an empty cell. The columns from {@link #STATUS} on are
 * told and never set.
 */
public enum CsvColumn {
    TENANT_ID("tenantId", Tenant::tenantId),
    SITE_ID("siteId", Tenant::siteId),
    EXTERNAL_ID("externalId", tenant -> tenant.profile().externalId()),
    NAME("name", business(Business::name)),
    LEGAL_NAME("legalName", business(Business::legalName)),
    INDUSTRY("industry", business(Business::industry)),
    WEBSITE("website", business(Business::website)),
    CONTACT_NAME("contactName", business(Business::contactName)),
    EMAIL("email", business(Business::email)),
    PHONE("phone", business(Business::phone)),
    COUNTRY("country", business(Business::country)),
    LOCALE("locale", business(Business::locale)),
    TIME_ZONE("timeZone", business(Business::timeZone)),
    PLAN("plan", tenant -> tenant.profile().plan()),
    REGION("region", tenant -> tenant.profile().region()),
    /** Separated by single spaces. */
    ALLOWED_ORIGINS(
            "allowedOrigins", tenant -> String.join(" ", tenant.profile().allowedOrigins())),
    /** Separated by single spaces. */
    PERMISSIONS("permissions", tenant -> String.join(" ", tenant.profile().permissions())),
    /** A JSON object. */
    LABELS("labels", tenant -> Json.MAPPER.writeValueAsString(tenant.profile().labels())),
    /** A JSON object. */
    SETTINGS("settings", tenant -> tenant.profile().settings()),
    ACTIVE_UNTIL("activeUntil", tenant -> tenant.profile().activeUntil()),

    STATUS("status", tenant -> tenant.standing().status().name()),
    STATUS_REASON("statusReason", tenant -> tenant.standing().reason()),
    STATUS_SINCE("statusSince", tenant -> tenant.standing().since()),
    STATUS_UNTIL("statusUntil", tenant -> tenant.standing().until()),
    PURGE_AT("purgeAt", tenant -> tenant.standing().purgeAt()),
    VERSION("version", tenant -> tenant.revision().version()),
    CREATED_AT("createdAt", tenant -> tenant.revision().createdAt()),
    CREATED_BY("createdBy", tenant -> tenant.revision().createdBy()),
    UPDATED_AT("updatedAt", tenant -> tenant.revision().updatedAt()),
    UPDATED_BY("updatedBy", tenant -> tenant.revision().updatedBy()),
    ID("id", Tenant::id);

    private final String header;

    @SuppressWarnings("ImmutableEnumChecker") // a function that keeps nothing
    private final Function<Tenant, @Nullable Object> value;

    CsvColumn(String header, Function<Tenant, @Nullable Object> value) {
        this.header = header;
        this.value = value;
    }

    /** What stands in the first row. */
    public String header() {
        return header;
    }

    /** Whether an import takes nothing from it. */
    public boolean readOnly() {
        return compareTo(STATUS) >= 0;
    }

    /** What a tenant has here, unguarded. */
    String of(Tenant tenant) {
        var text = value.apply(tenant);
        return text == null ? "" : text.toString();
    }

    private static Function<Tenant, @Nullable Object> business(Function<Business, @Nullable String> field) {
        return tenant -> field.apply(tenant.profile().business());
    }

    private static final class Json {
        private static final JsonMapper MAPPER = JsonMapper.shared();
    }
}
