package com.misybot.tenancy.security.apikey;

import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.security.access.AccessScope;
import com.misybot.tenancy.security.access.Authority;
import com.misybot.tenancy.security.access.Network;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Table {@code api_key}. Runs inside the caller's transaction. */
@Repository
class ApiKeyRows {

    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};
    private static final String COLUMNS =
            "key_id, principal, name, kind, scopes, reach_tenants, reach_labels, reach_plans,"
                    + " reach_regions, networks, audiences, version, created_at, created_by, expires_at, revoked_at, revoked_by, replaces,"
                    + " replaced_by, last_used_at";
    private static final String WITHIN_REACH = """
             (cardinality(:tenants::text[]) = 0 or (cardinality(reach_tenants) > 0 and reach_tenants <@ :tenants::text[]))
             and reach_labels @> :labels::jsonb
             and (cardinality(:plans::text[]) = 0 or (cardinality(reach_plans) > 0 and reach_plans <@ :plans::text[]))
             and (cardinality(:regions::text[]) = 0 or (cardinality(reach_regions) > 0 and reach_regions <@ :regions::text[]))
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ApiKeyRows(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void insert(ApiKey key, byte[] hash) {
        jdbc.sql("""
                insert into api_key (key_id, principal, name, kind, scopes, reach_tenants, reach_labels, reach_plans,
                    reach_regions, networks, audiences, hash, version, created_at, created_by, expires_at, replaces)
                values (:keyId, :principal, :name, :kind, :scopes::text[], :tenants::text[], :labels::jsonb, :plans::text[],
                    :regions::text[], :networks::text[], :audiences::text[], :hash, :version, :createdAt, :createdBy, :expiresAt, :replaces)
                """)
                .param("keyId", key.keyId())
                .param("principal", key.principal())
                .param("name", key.name())
                .param("kind", key.kind().name())
                .param("scopes", array(key.authority().scopes()))
                .params(reach(key.authority().reach()))
                .param("networks", array(key.authority().networks()))
                .param("audiences", array(key.authority().audiences()))
                .param("hash", hash)
                .param("version", key.version())
                .param("createdAt", timestamp(key.createdAt()))
                .param("createdBy", key.createdBy())
                .param("expiresAt", key.expiresAt() == null ? null : timestamp(key.expiresAt()))
                .param("replaces", key.replaces())
                .update();
    }

    /** Writes what a rotation and a revocation change. The caller holds the lock of the platform's own rows. */
    void update(ApiKey key) {
        jdbc.sql("""
                update api_key set version = version + 1, expires_at = :expiresAt, revoked_at = :revokedAt,
                    revoked_by = :revokedBy, replaced_by = :replacedBy
                where key_id = :keyId
                """)
                .param("keyId", key.keyId())
                .param("expiresAt", key.expiresAt() == null ? null : timestamp(key.expiresAt()))
                .param("revokedAt", key.revokedAt() == null ? null : timestamp(key.revokedAt()))
                .param("revokedBy", key.revokedBy())
                .param("replacedBy", key.replacedBy())
                .update();
    }

    /** The key with this id, where all it reaches is within {@code reach}. */
    Optional<ApiKey> find(String keyId, Reach reach) {
        return jdbc.sql("select " + COLUMNS + " from api_key where key_id = :keyId and" + WITHIN_REACH)
                .param("keyId", keyId)
                .params(reach(reach))
                .query(this::key)
                .optional();
    }

    /** The next keys within {@code reach}, the latest first, after the one at the given position. */
    List<ApiKey> list(Reach reach, Filter filter, @Nullable Position after, int limit) {
        return jdbc.sql("select " + COLUMNS + " from api_key where" + WITHIN_REACH + Filter.CONDITION + """
                 and (:afterId::text is null or (created_at, key_id) < (:afterTime, :afterId))
                 order by created_at desc, key_id desc limit :limit
                """)
                .params(reach(reach))
                .params(filter.parameters())
                .param(
                        "afterTime",
                        after == null ? null : timestamp(after.createdAt()),
                        java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("afterId", after == null ? null : after.keyId())
                .param("limit", limit)
                .query(this::key)
                .list();
    }

    long count(Reach reach, Filter filter) {
        return jdbc.sql("select count(*) from api_key where" + WITHIN_REACH + Filter.CONDITION)
                .params(reach(reach))
                .params(filter.parameters())
                .query(Long.class)
                .single();
    }

    boolean principalExists(String principal) {
        return jdbc.sql("select exists (select from api_key where principal = :principal)")
                .param("principal", principal)
                .query(Boolean.class)
                .single();
    }

    /** Whether an operator key exists that would be accepted now, by the clock of the database. */
    boolean usableOperatorKeyExists() {
        return jdbc.sql("""
                select exists (select from api_key where kind = 'OPERATOR' and revoked_at is null
                    and (expires_at is null or expires_at > now()))
                """).query(Boolean.class).single();
    }

    /** Where a page ended. */
    record Position(Instant createdAt, String keyId) {}

    /** Which keys are wanted; null wants any. */
    record Filter(ApiKey.@Nullable Kind kind, @Nullable String principal) {

        static final String CONDITION =
                " and (:kind::text is null or kind = :kind) and (:principal::text is null or principal = :principal)";

        Map<String, @Nullable Object> parameters() {
            var parameters = new java.util.HashMap<String, @Nullable Object>();
            parameters.put("kind", kind == null ? null : kind.name());
            parameters.put("principal", principal);
            return parameters;
        }
    }

    private Map<String, String> reach(Reach reach) {
        return Map.of(
                "tenants", array(reach.tenants()),
                "labels", json.writeValueAsString(reach.labels()),
                "plans", array(reach.plans()),
                "regions", array(reach.regions()));
    }

    /** The text of a PostgreSQL array, in a stable order. */
    private static String array(Collection<?> values) {
        return values.stream()
                .map(Object::toString)
                .sorted()
                .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private ApiKey key(ResultSet row, int number) throws SQLException {
        return new ApiKey(
                row.getString("key_id"),
                row.getString("principal"),
                row.getString("name"),
                ApiKey.Kind.valueOf(row.getString("kind")),
                authority(row),
                row.getLong("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"),
                instant(row, "expires_at"),
                instant(row, "revoked_at"),
                row.getString("revoked_by"),
                row.getString("replaces"),
                row.getString("replaced_by"),
                instant(row, "last_used_at"));
    }

    Authority authority(ResultSet row) throws SQLException {
        var reach = new Reach(
                stream(row, "reach_tenants").map(TenantId::new).collect(Collectors.toSet()),
                json.readValue(row.getString("reach_labels"), LABELS),
                stream(row, "reach_plans").collect(Collectors.toSet()),
                stream(row, "reach_regions").collect(Collectors.toSet()));
        return new Authority(
                stream(row, "scopes")
                        .map(AccessScope::of)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet()),
                reach,
                stream(row, "networks").map(Network::parse).toList(),
                stream(row, "audiences").collect(Collectors.toSet()));
    }

    private static Stream<String> stream(ResultSet row, String column) throws SQLException {
        return Arrays.stream((String[]) row.getArray(column).getArray());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
