package com.misybot.tenancy.credential;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.keyring.Keyring;
import com.misybot.tenancy.keyring.MacKey;
import com.misybot.tenancy.keyring.TenantKeyId;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.keyring.TokenMemory.Found;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks a secret up: one hash, one query in the scope of the tenant that the token claims, one comparison in constant time,
 * whether the secret is unknown, wrong, revoked, expired or its tenant not active. Only what is accepted is read any further.
 */
@Component
class SecretLookup {

    private static final String QUERY = """
            select s.hash, s.expires_at, t.tenant_id, t.labels, t.plan, t.region, p.secret_scopes,
                ((p.limits || t.limit_overrides) ->> 'verificationsPerSecond')::int as verifications,
                s.revoked_at is null and (s.expires_at is null or s.expires_at > now()) and t.status = 'ACTIVE' as live,
                extract(epoch from s.expires_at - now()) as seconds_left
            from tenant_secret s join tenant t on t.id = s.tenant join plan p on p.id = t.plan
            where s.tenant = ? and s.secret_id = ?
            """;

    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

    private final MacKey pepper;
    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final SecretUse uses;

    SecretLookup(Keyring keyring, ScopedTransactions transactions, JdbcClient jdbc, JsonMapper json, SecretUse uses) {
        this.pepper = keyring.macKey(Keyring.Purpose.PEPPER);
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.json = json;
        this.uses = uses;
    }

    Found<VerifiedSecret> look(Token token, TenantKeyId key) {
        var hash = token.hash(pepper);
        var found = transactions.read(
                Scope.tenant(key.tenant()),
                () -> jdbc.sql(QUERY)
                        .param(key.tenant())
                        .param(key.record())
                        .query((row, _) -> found(row, key, hash))
                        .optional()
                        .orElseGet(() -> unknown(hash)));
        if (found.value() != null) {
            uses.touch(key);
        }
        return found;
    }

    private Found<VerifiedSecret> found(ResultSet row, TenantKeyId key, byte[] hash) throws SQLException {
        var matches = MessageDigest.isEqual(row.getBytes("hash"), hash);
        if (!matches || !row.getBoolean("live")) {
            return Found.nothing();
        }
        var secret = new VerifiedSecret(
                key.tenant(),
                new TenantId(row.getString("tenant_id")),
                key.record(),
                instant(row.getObject("expires_at", OffsetDateTime.class)),
                json.readValue(row.getString("labels"), LABELS),
                row.getString("plan"),
                row.getString("region"),
                Set.copyOf(
                        Arrays.asList((String[]) row.getArray("secret_scopes").getArray())),
                row.getInt("verifications"));
        return new Found<>(secret, duration(row.getBigDecimal("seconds_left")));
    }

    /** Compares as well, with what no hash is. */
    private static Found<VerifiedSecret> unknown(byte[] hash) {
        var matches = MessageDigest.isEqual(new byte[hash.length], hash);
        if (matches) {
            throw new IllegalStateException("A hash is never all zeros");
        }
        return Found.nothing();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable Duration duration(@Nullable BigDecimal seconds) {
        return seconds == null
                ? null
                : Duration.ofNanos(seconds.movePointRight(9).longValue());
    }
}
