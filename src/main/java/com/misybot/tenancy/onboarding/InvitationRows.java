package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.tenant.profile.PlanId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code onboarding_invitation}. Runs inside the caller's transaction. */
@Repository
class InvitationRows {

    private static final String COLUMNS =
            "id, note, plan, approved, expires_at, used_at, used_by, revoked_at, revoked_by, version, created_at, created_by";

    private final JdbcClient jdbc;

    InvitationRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Invitation invitation, String record, byte[] hash) {
        var plan = invitation.plan();
        jdbc.sql("""
                insert into onboarding_invitation (id, record, hash, note, plan, approved, expires_at, version, created_at, created_by)
                values (:id, :record, :hash, :note, :plan, :approved, :expiresAt, :version, :createdAt, :createdBy)
                """)
                .param("id", invitation.id())
                .param("record", record)
                .param("hash", hash)
                .param("note", invitation.note())
                .param("plan", plan == null ? null : plan.value())
                .param("approved", invitation.approved())
                .param("expiresAt", ApplicationRows.timestamp(invitation.expiresAt()))
                .param("version", invitation.version())
                .param("createdAt", ApplicationRows.timestamp(invitation.createdAt()))
                .param("createdBy", invitation.createdBy())
                .update();
    }

    void update(Invitation invitation) {
        jdbc.sql("""
                update onboarding_invitation set used_at = :usedAt, used_by = :usedBy, revoked_at = :revokedAt,
                    revoked_by = :revokedBy, version = version + 1
                where id = :id
                """)
                .param("id", invitation.id())
                .param("usedAt", ApplicationRows.orNull(invitation.usedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("usedBy", invitation.usedBy(), Types.OTHER)
                .param("revokedAt", ApplicationRows.orNull(invitation.revokedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("revokedBy", invitation.revokedBy())
                .update();
    }

    Optional<Invitation> find(UUID id) {
        return jdbc.sql("select " + COLUMNS + " from onboarding_invitation where id = ?")
                .param(id)
                .query(InvitationRows::invitation)
                .optional();
    }

    /** The hash of its code; empty where there is no such invitation. */
    Optional<byte[]> hash(UUID id, String record) {
        return jdbc.sql("select hash from onboarding_invitation where id = ? and record = ?")
                .params(id, record)
                .query(byte[].class)
                .optional();
    }

    /** The next ones, the latest first. */
    List<Invitation> list(@Nullable Instant afterTime, @Nullable UUID afterId, int limit) {
        return jdbc.sql("select " + COLUMNS + """
                 from onboarding_invitation
                where :afterId::uuid is null or (created_at, id) < (:afterTime, :afterId)
                order by created_at desc, id desc limit :limit
                """)
                .param("afterTime", ApplicationRows.orNull(afterTime), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("afterId", afterId, Types.OTHER)
                .param("limit", limit)
                .query(InvitationRows::invitation)
                .list();
    }

    long count() {
        return jdbc.sql("select count(*) from onboarding_invitation")
                .query(Long.class)
                .single();
    }

    private static Invitation invitation(ResultSet row, int number) throws SQLException {
        var plan = row.getString("plan");
        return new Invitation(
                row.getObject("id", UUID.class),
                row.getString("note"),
                plan == null ? null : new PlanId(plan),
                row.getBoolean("approved"),
                ApplicationRows.instant(row, "expires_at"),
                ApplicationRows.when(row, "used_at"),
                row.getObject("used_by", UUID.class),
                ApplicationRows.when(row, "revoked_at"),
                row.getString("revoked_by"),
                row.getLong("version"),
                ApplicationRows.instant(row, "created_at"),
                row.getString("created_by"));
    }
}
