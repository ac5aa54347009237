package com.misybot.tenancy.security.apikey;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.keyring.Keyring;
import com.misybot.tenancy.keyring.MacKey;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.security.access.Accepted;
import com.misybot.tenancy.security.access.AccessScope;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells whether a token is the token of a key that is accepted now. Unknown, wrong, revoked and expired take the same path:
 * one hash, one look-up by id, one comparison in constant time; only what is accepted is read any further.
 */
@Component
public class KeyCheck {

    private static final String QUERY = """
            select kind, principal, scopes, reach_tenants, reach_labels, reach_plans, reach_regions, networks,
                audiences, hash,
                revoked_at is null and (expires_at is null or expires_at > now()) as live,
                extract(epoch from expires_at - now()) as seconds_left
            from api_key where key_id = ?
            """;

    private final MacKey pepper;
    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;
    private final ApiKeyRows rows;
    private final LastUse lastUse;

    KeyCheck(Keyring keyring, ScopedTransactions transactions, JdbcClient jdbc, ApiKeyRows rows, LastUse lastUse) {
        this.pepper = keyring.macKey(Keyring.Purpose.PEPPER);
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.rows = rows;
        this.lastUse = lastUse;
    }

    /** Looks a token up, once. Empty where it is refused, whatever for. */
    public Optional<Accepted> check(Token token) {
        var hash = token.hash(pepper);
        var accepted = transactions.read(
                Scope.platform(),
                () -> jdbc.sql(QUERY)
                        .param(token.keyId())
                        .query((row, _) -> accepted(row, token, hash))
                        .optional()
                        .flatMap(Function.identity()));
        accepted.ifPresent(_ -> lastUse.touch(token.keyId()));
        return accepted;
    }

    private Optional<Accepted> accepted(ResultSet row, Token token, byte[] hash) throws SQLException {
        var kind = ApiKey.Kind.valueOf(row.getString("kind"));
        var matches = MessageDigest.isEqual(row.getBytes("hash"), hash);
        if (!matches || !row.getBoolean("live") || kind.token() != token.kind()) {
            return Optional.empty();
        }
        var authority = rows.authority(row);
        var actor = new Actor(kind.actor(), row.getString("principal"));
        var seconds = row.getBigDecimal("seconds_left");
        return Optional.of(new Accepted(
                new Caller(
                        actor,
                        AccessScope.words(authority.scopes()),
                        authority.reach(),
                        authority.audiences(),
                        token.keyId()),
                authority,
                seconds == null
                        ? null
                        : Duration.ofNanos(seconds.movePointRight(9).longValue())));
    }
}
