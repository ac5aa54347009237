package com.misybot.tenancy.web.idempotency;

import com.misybot.tenancy.kernel.Scope;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code idempotency_record}. Rows are only ever added, and deleted when they have expired; the advisory lock of a
 * request sees to it that one of them is live at a time. Whether one has expired, the clock of the database says.
 */
final class IdempotencyRecords {

    /** A row. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Kept(byte[] fingerprint, KeptAnswers.Kept answer) {}

    private final JdbcClient jdbc;

    IdempotencyRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks a request until the end of the transaction, without waiting. */
    boolean tryLock(long request) {
        return jdbc.sql("select pg_try_advisory_xact_lock(?)")
                .param(request)
                .query(Boolean.class)
                .single();
    }

    @Nullable
    Kept find(Scope scope, byte[] request) {
        return jdbc.sql("""
                        select fingerprint, status, headers, body from idempotency_record
                        where tenant = ? and request = ? and expires_at > now()""")
                .params(owner(scope), request)
                .query((row, _) -> new Kept(
                        row.getBytes("fingerprint"),
                        new KeptAnswers.Kept(row.getInt("status"), row.getString("headers"), row.getBytes("body"))))
                .optional()
                .orElse(null);
    }

    void keep(Scope scope, byte[] request, byte[] fingerprint, KeptAnswers.Kept answer) {
        jdbc.sql("""
                        insert into idempotency_record (tenant, request, fingerprint, status, headers, body)
                        values (?, ?, ?, ?, ?, ?)""")
                .params(owner(scope), request, fingerprint, answer.status(), answer.headers(), answer.body())
                .update();
    }

    /** Deletes some of what has expired; answers how many rows. */
    int deleteExpired(int atMost) {
        return jdbc.sql("""
                        delete from idempotency_record where (tenant, request, kept_at) in (
                            select tenant, request, kept_at from idempotency_record where expires_at <= now() limit ?)""").param(atMost).update();
    }

    private static UUID owner(Scope scope) {
        return scope instanceof Scope.Tenant tenant ? tenant.tenant() : Scope.NIL;
    }
}
