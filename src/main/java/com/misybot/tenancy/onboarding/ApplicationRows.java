package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.kernel.Origin;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.onboarding.proof.Miss;
import com.misybot.tenancy.onboarding.proof.Verdict;
import com.misybot.tenancy.tenant.profile.PlanId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code onboarding_application}. Runs inside the caller's transaction. */
@Repository
class ApplicationRows {

    private static final String COLUMNS =
            "id, organisation, tenant_id_wanted, origins, plan, invitation, approved_beforehand, state, reason, state_since,"
                    + " challenge, checks, check_at, checked_at, dns_miss, http_miss, proof, proven_at, tenant, tenant_id, decided_by,"
                    + " welcomed_at, version, created_at, expires_at";

    private final JdbcClient jdbc;

    ApplicationRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Application application, byte[] contact, byte[] addressKey, byte[] wishKey) {
        var wish = application.wish();
        jdbc.sql("""
                insert into onboarding_application (id, organisation, tenant_id_wanted, origins, host, plan, invitation,
                    approved_beforehand, contact, address_key, wish_key, state, state_since, challenge, version, created_at, expires_at)
                values (:id, :organisation, :tenantId, :origins::text[], :host, :plan, :invitation, :approved, :contact, :addressKey,
                    :wishKey, :state, :since, :challenge, :version, :createdAt, :expiresAt)
                """)
                .param("id", application.id())
                .param("organisation", wish.organisation())
                .param("tenantId", text(wish.tenantId()))
                .param("origins", wish.origins().stream().map(Origin::toString).toArray(String[]::new))
                .param("host", wish.proven().host())
                .param("plan", text(wish.plan()))
                .param("invitation", application.invitation())
                .param("approved", application.approvedBeforehand())
                .param("contact", contact)
                .param("addressKey", addressKey)
                .param("wishKey", wishKey)
                .param("state", application.state().name())
                .param("since", timestamp(application.since()))
                .param("challenge", application.proof().challenge())
                .param("version", application.version())
                .param("createdAt", timestamp(application.createdAt()))
                .param("expiresAt", timestamp(application.expiresAt()))
                .update();
    }

    /** Writes what moves and checks change. The caller holds the lock of the row. */
    Application update(Application application) {
        var proof = application.proof();
        var method = proof.method();
        jdbc.sql("""
                update onboarding_application set state = :state, reason = :reason, state_since = :since, checks = :checks,
                    check_at = :checkAt, checked_at = :checkedAt, dns_miss = :dns, http_miss = :http, proof = :proof,
                    proven_at = :provenAt, tenant = :tenant, tenant_id = :tenantId, decided_by = :decidedBy,
                    welcomed_at = :welcomedAt, version = version + 1
                where id = :id
                """)
                .param("id", application.id())
                .param("state", application.state().name())
                .param("reason", application.reason())
                .param("since", timestamp(application.since()))
                .param("checks", proof.checks())
                .param("checkAt", orNull(proof.checkAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("checkedAt", orNull(proof.checkedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("dns", name(proof.dns()))
                .param("http", name(proof.http()))
                .param("proof", method == null ? null : method.name())
                .param("provenAt", orNull(proof.provenAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("tenant", application.tenant(), Types.OTHER)
                .param("tenantId", text(application.tenantId()))
                .param("decidedBy", application.decidedBy())
                .param("welcomedAt", orNull(application.welcomedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
        return find(application.id()).orElseThrow();
    }

    Optional<Application> find(UUID id) {
        return one("where id = :id", id);
    }

    /** The same, and nobody else changes it until the transaction ends. */
    Optional<Application> lock(UUID id) {
        return one("where id = :id for update", id);
    }

    private Optional<Application> one(String where, UUID id) {
        return jdbc.sql("select " + COLUMNS + " from onboarding_application " + where)
                .param("id", id)
                .query(ApplicationRows::application)
                .optional();
    }

    /** The sealed contact; empty where it is no longer kept. */
    Optional<byte[]> contact(UUID id) {
        return jdbc.sql("select contact from onboarding_application where id = ? and contact is not null")
                .param(id)
                .query(byte[].class)
                .optional();
    }

    /** By whom it was made, as a key. */
    byte[] addressKey(UUID id) {
        return jdbc.sql("select address_key from onboarding_application where id = ?")
                .param(id)
                .query(byte[].class)
                .single();
    }

    /** One that is running for this address and host: the same wish, or any whose address was verified. */
    Optional<Application> running(byte[] addressKey, String host, byte @Nullable [] wishKey) {
        return jdbc.sql("select " + COLUMNS + """
                 from onboarding_application
                where address_key = :addressKey and host = :host and state not in ('REJECTED', 'WITHDRAWN', 'EXPIRED')
                    and (state <> 'SUBMITTED' or wish_key = :wishKey)
                order by state = 'SUBMITTED' limit 1
                """)
                .param("addressKey", addressKey)
                .param("host", host)
                .param("wishKey", wishKey, Types.BINARY)
                .query(ApplicationRows::application)
                .optional();
    }

    /** Where a page ended. */
    record Position(Instant createdAt, UUID id) {}

    /** The next ones, the latest first, after the one at the given position. */
    List<Application> list(ApplicationFilter filter, @Nullable Position after, int limit) {
        return jdbc.sql("select " + COLUMNS + " from onboarding_application where" + ApplicationFilter.CONDITION + """
                 and (:afterId::uuid is null or (created_at, id) < (:afterTime, :afterId))
                 order by created_at desc, id desc limit :limit
                """)
                .params(filter.parameters())
                .param("afterTime", after == null ? null : timestamp(after.createdAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("afterId", after == null ? null : after.id(), Types.OTHER)
                .param("limit", limit)
                .query(ApplicationRows::application)
                .list();
    }

    long count(ApplicationFilter filter) {
        return jdbc.sql("select count(*) from onboarding_application where" + ApplicationFilter.CONDITION)
                .params(filter.parameters())
                .query(Long.class)
                .single();
    }

    private static Application application(ResultSet row, int number) throws SQLException {
        return new Application(
                row.getObject("id", UUID.class),
                new Wish(
                        row.getString("organisation"),
                        value(row.getString("tenant_id_wanted"), TenantId::new),
                        Arrays.stream((String[]) row.getArray("origins").getArray())
                                .map(text -> Origin.of(text, true))
                                .toList(),
                        value(row.getString("plan"), PlanId::new)),
                row.getObject("invitation", UUID.class),
                row.getBoolean("approved_beforehand"),
                ApplicationState.valueOf(row.getString("state")),
                row.getString("reason"),
                instant(row, "state_since"),
                new Proof(
                        row.getString("challenge"),
                        row.getInt("checks"),
                        when(row, "check_at"),
                        when(row, "checked_at"),
                        value(row.getString("dns_miss"), Miss::valueOf),
                        value(row.getString("http_miss"), Miss::valueOf),
                        value(row.getString("proof"), Verdict.Method::valueOf),
                        when(row, "proven_at")),
                row.getObject("tenant", UUID.class),
                value(row.getString("tenant_id"), TenantId::new),
                row.getString("decided_by"),
                when(row, "welcomed_at"),
                row.getLong("version"),
                instant(row, "created_at"),
                instant(row, "expires_at"));
    }

    private static <T> @Nullable T value(@Nullable String text, Function<String, T> type) {
        return text == null ? null : type.apply(text);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable OffsetDateTime orNull(@Nullable Instant instant) {
        return instant == null ? null : timestamp(instant);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant when(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
