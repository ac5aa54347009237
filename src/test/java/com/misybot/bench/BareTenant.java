package com.misybot.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A tenant with the body that the service writes; the benchmark compares the two before it begins. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BareTenant(
        UUID id,
        String tenantId,
        String siteId,
        String externalId,
        Business business,
        String plan,
        String region,
        List<String> allowedOrigins,
        List<String> permissions,
        Map<String, String> labels,
        @JsonRawValue String settings,
        String status,
        String statusReason,
        Instant statusSince,
        Instant activeUntil,
        long version,
        Instant createdAt,
        String createdBy,
        Instant updatedAt,
        String updatedBy) {

    /** The columns that the service loads. */
    static final String QUERY = """
            select id, tenant_id, site_id, external_id, name, legal_name, industry, website, contact_name, email, phone, country,
                locale, time_zone, plan, region, allowed_origins, permissions, labels, settings, status, status_reason,
                status_since, active_until, version, created_at, created_by, updated_at, updated_by,
                name_key, origin_hosts, status_until, status_before, purge_at, context_version, session_epoch
            from tenant where tenant_id = ? and status <> 'PURGED'
            """;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Business(
            String name,
            String legalName,
            String industry,
            String website,
            String contactName,
            String email,
            String phone,
            String country,
            String locale,
            String timeZone) {}

    static BareTenant of(ResultSet row) throws SQLException {
        return new BareTenant(
                row.getObject("id", UUID.class),
                row.getString("tenant_id"),
                row.getString("site_id"),
                row.getString("external_id"),
                new Business(
                        row.getString("name"),
                        row.getString("legal_name"),
                        row.getString("industry"),
                        row.getString("website"),
                        row.getString("contact_name"),
                        row.getString("email"),
                        row.getString("phone"),
                        row.getString("country"),
                        row.getString("locale"),
                        row.getString("time_zone")),
                row.getString("plan"),
                row.getString("region"),
                texts(row, "allowed_origins"),
                texts(row, "permissions"),
                JSON.readValue(row.getString("labels"), LABELS),
                row.getString("settings"),
                row.getString("status"),
                row.getString("status_reason"),
                instant(row, "status_since"),
                instant(row, "active_until"),
                row.getLong("version"),
                instant(row, "created_at"),
                row.getString("created_by"),
                instant(row, "updated_at"),
                row.getString("updated_by"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
