package com.misybot.tenancy.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a {@link ServedTenant} of a row. What most tenants have in common (plan, region, permissions, limits, labels) is one
 * object for all of them as far as {@value #SHARED} distinct values of each go, because a hundred thousand of them are kept in
 * memory at once.
 */
@Component
class ServedTenantRow implements RowMapper<ServedTenant> {

    private static final int SHARED = 1_000;

    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

    /** PostgreSQL writes equal jsonb as equal text, so that the text is the key. */
    private final Cache<String, Limits> limits = shared();

    private final Cache<String, Map<String, String>> labels = shared();
    private final Cache<List<String>, List<String>> permissions = shared();
    private final Cache<String, String> words = shared();

    private final JsonMapper json;
    private final LimitJson limitJson;

    ServedTenantRow(JsonMapper json, LimitJson limitJson) {
        this.json = json;
        this.limitJson = limitJson;
    }

    @Override
    public ServedTenant mapRow(ResultSet row, int number) throws SQLException {
        return new ServedTenant(
                row.getObject("id", UUID.class),
                new TenantId(row.getString("tenant_id")),
                new SiteId(row.getString("site_id")),
                TenantStatus.valueOf(row.getString("status")),
                word(row.getString("plan")),
                word(row.getString("region")),
                List.of(array(row, "allowed_origins")),
                permissions(row),
                optionalWord(row.getString("locale")),
                optionalWord(row.getString("time_zone")),
                Objects.requireNonNull(limits.get(row.getString("limits"), limitJson::limits)),
                Objects.requireNonNull(
                        labels.get(row.getString("labels"), text -> Map.copyOf(json.readValue(text, LABELS)))),
                row.getLong("context_version"),
                row.getLong("session_epoch"));
    }

    private List<String> permissions(ResultSet row) throws SQLException {
        var all = new TreeSet<>(List.of(array(row, "permissions")));
        all.addAll(List.of(array(row, "plan_permissions")));
        var names = new ArrayList<String>(all.size());
        all.forEach(name -> names.add(word(name)));
        return Objects.requireNonNull(permissions.get(List.copyOf(names), same -> same));
    }

    private String word(String text) {
        return Objects.requireNonNull(words.get(text, same -> same));
    }

    private @Nullable String optionalWord(@Nullable String text) {
        return text == null ? null : word(text);
    }

    private static String[] array(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }

    private static <K, V> Cache<K, V> shared() {
        return Caffeine.newBuilder().maximumSize(SHARED).build();
    }
}
