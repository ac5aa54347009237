package com.misybot.tenancy.document.collection;

import com.misybot.tenancy.document.CollectionName;
import com.misybot.tenancy.document.Declaration;
import com.misybot.tenancy.document.DeclaredCollection;
import com.misybot.tenancy.document.DeclaredField;
import com.misybot.tenancy.tenant.LimitJson;
import com.misybot.tenancy.tenant.TenantStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Table {@code collection}. Runs inside the caller's transaction. */
@Repository
class CollectionRows {

    private static final String COLUMNS = """
            c.tenant, c.name, c.generation, c.schema, c.fields, c.ttl_field, c.version, c.dropping, c.created_at, c.created_by,
            c.updated_at, c.updated_by""";

    private static final String OPEN =
            "select t.status, p.limits || t.limit_overrides as limits, now() as now, " + COLUMNS + """
             from tenant t join plan p on p.id = t.plan left join collection c on c.tenant = t.id and c.name = :name
            where t.id = :tenant
            """;

    private static final TypeReference<List<DeclaredField>> FIELDS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final LimitJson limits;

    CollectionRows(JdbcClient jdbc, JsonMapper json, LimitJson limits) {
        this.jdbc = jdbc;
        this.json = json;
        this.limits = limits;
    }

    /** The tenant as it is now, with the collection of this name where there is one. */
    Optional<TenantNow> open(UUID tenant, @Nullable CollectionName name) {
        return jdbc.sql(OPEN)
                .param("tenant", tenant)
                .param("name", name == null ? "" : name.value())
                .query((row, _) -> new TenantNow(
                        tenant,
                        TenantStatus.valueOf(row.getString("status")),
                        limits.limits(row.getString("limits")),
                        row.getObject("now", OffsetDateTime.class).toInstant(),
                        row.getString("name") == null ? null : collection(row)))
                .optional();
    }

    void insert(DeclaredCollection collection) {
        var declaration = collection.declaration();
        jdbc.sql("""
                insert into collection (tenant, name, generation, schema, fields, ttl_field, version, created_at, created_by,
                    updated_at, updated_by)
                values (:tenant, :name, :generation, :schema, :fields, :ttlField, :version, :createdAt, :createdBy, :updatedAt,
                    :updatedBy)
                """)
                .param("tenant", collection.tenant())
                .param("name", collection.name().value())
                .param("generation", collection.generation())
                .param("schema", declaration.schema())
                .param("fields", json.writeValueAsString(declaration.fields()))
                .param("ttlField", declaration.ttlField())
                .param("version", collection.version())
                .param("createdAt", time(collection.createdAt()))
                .param("createdBy", collection.createdBy())
                .param("updatedAt", time(collection.updatedAt()))
                .param("updatedBy", collection.updatedBy())
                .update();
    }

    /** Writes what a change changes. The caller holds the lock of the tenant. */
    void update(DeclaredCollection collection) {
        var declaration = collection.declaration();
        jdbc.sql("""
                update collection set generation = :generation, schema = :schema, fields = :fields, ttl_field = :ttlField,
                    version = :version, dropping = :dropping, updated_at = :updatedAt, updated_by = :updatedBy
                where tenant = :tenant and name = :name
                """)
                .param("tenant", collection.tenant())
                .param("name", collection.name().value())
                .param("generation", collection.generation())
                .param("schema", declaration.schema())
                .param("fields", json.writeValueAsString(declaration.fields()))
                .param("ttlField", declaration.ttlField())
                .param("version", collection.version())
                .param("dropping", collection.dropping())
                .param("updatedAt", time(collection.updatedAt()))
                .param("updatedBy", collection.updatedBy())
                .update();
    }

    /** Deletes what has been dropped. */
    void deleteDropped(UUID tenant, CollectionName name, UUID generation) {
        jdbc.sql("delete from collection where tenant = ? and name = ? and generation = ? and dropping")
                .param(tenant)
                .param(name.value())
                .param(generation)
                .update();
    }

    /** Deletes one that was never changed. */
    void deleteNew(UUID tenant, CollectionName name, UUID generation) {
        jdbc.sql("delete from collection where tenant = ? and name = ? and generation = ? and version = 1")
                .param(tenant)
                .param(name.value())
                .param(generation)
                .update();
    }

    /** Those of a tenant in the order of their names. */
    List<DeclaredCollection> list(UUID tenant, @Nullable String after, int limit) {
        return jdbc.sql("select " + COLUMNS
                        + " from collection c where tenant = ? and not dropping and name > ? order by name limit ?")
                .param(tenant)
                .param(after == null ? "" : after)
                .param(limit)
                .query((row, _) -> collection(row))
                .list();
    }

    long count(UUID tenant) {
        return jdbc.sql("select count(*) from collection where tenant = ? and not dropping")
                .param(tenant)
                .query(Long.class)
                .single();
    }

    private DeclaredCollection collection(ResultSet row) throws SQLException {
        return new DeclaredCollection(
                row.getObject("tenant", UUID.class),
                new CollectionName(row.getString("name")),
                row.getObject("generation", UUID.class),
                new Declaration(
                        row.getString("schema"),
                        json.readValue(row.getString("fields"), FIELDS),
                        row.getString("ttl_field")),
                row.getLong("version"),
                row.getBoolean("dropping"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getString("updated_by"));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
