package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.keyring.Keyring;
import com.misybot.tenancy.keyring.MacKey;
import com.misybot.tenancy.keyring.TenantKeyId;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.web.ProblemException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tokens of links in mails, bound to a purpose and an application: kept as hashes, used once or until they expire. The key id names
 * whose row it is: the application's UUID for what is the platform's own, the tenant's for its first secret.
 */
@Component
class LinkTokens {

    private static final byte[] NO_HASH = new byte[32];

    private final JdbcClient jdbc;
    private final MacKey pepper;
    private final SecureRandom random;
    private final Refusals refusals;

    LinkTokens(JdbcClient jdbc, Keyring keyring, SecureRandom random, Refusals refusals) {
        this.jdbc = jdbc;
        this.pepper = keyring.macKey(Keyring.Purpose.MAIL_TOKEN);
        this.random = random;
        this.refusals = refusals;
    }

    /** What a token opens. */
    enum Purpose {
        /** Shows that a mail was read; once. */
        VERIFY,
        /** Follows an application, looks for the proof, withdraws; as often as wanted. */
        FOLLOW,
        /** Issues the first secret of a tenant; once. */
        SECRET
    }

    /**
     * A token in the right form. Whose it is it claims, until the hash has matched.
     *
     * @param token the whole
     * @param owner the UUID of an application or a tenant
     * @param record which of its tokens
     */
    record Claim(Token token, UUID owner, String record) {}

    /** Reads a token, and asks nobody: one that was cut or mistyped is refused at once. */
    Claim read(String text) {
        var token = Token.parse(text.strip())
                .filter(one -> one.kind() == Token.Kind.INVITATION)
                .orElse(null);
        var key = token == null ? null : TenantKeyId.parse(token.keyId()).orElse(null);
        if (token == null || key == null) {
            throw refusals.of(
                    OnboardingProblem.TOKEN_MALFORMED,
                    "This is not what was sent: copy the whole of it, from misy_inv_ to the last character.");
        }
        return new Claim(token, key.tenant(), key.record());
    }

    /** Makes a token among the platform's own rows. */
    Token issue(Purpose purpose, UUID application, Instant now, Instant expiresAt) {
        return insert(purpose, Scope.NIL, application, TenantKeyId.issue(application, random), now, expiresAt);
    }

    /** Makes the token for the first secret of a tenant, in that tenant's scope. */
    Token issueForSecret(UUID tenant, UUID application, Instant now, Instant expiresAt) {
        return insert(Purpose.SECRET, tenant, application, TenantKeyId.issue(tenant, random), now, expiresAt);
    }

    private Token insert(
            Purpose purpose, UUID tenant, UUID application, TenantKeyId key, Instant now, Instant expiresAt) {
        var token = Token.issue(Token.Kind.INVITATION, key.text(), random);
        jdbc.sql("""
                insert into onboarding_token (tenant, application, record, purpose, hash, created_at, expires_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """)
                .params(
                        tenant,
                        application,
                        key.record(),
                        purpose.name(),
                        token.hash(pepper),
                        ApplicationRows.timestamp(now),
                        ApplicationRows.timestamp(expiresAt))
                .update();
        return token;
    }

    private record Kept(
            UUID application,
            Purpose purpose,
            boolean matches,
            Instant expiresAt,
            @Nullable Instant usedAt) {}

    /**
     * The application that a token of the platform's own rows was made for. Uses nothing up.
     *
     * @throws ProblemException where it is unknown, for something else, used or expired
     */
    UUID look(Claim claim, Purpose purpose, Instant now) {
        return check(
                claim,
                find(claim, "tenant = ? and application = ? and record = ?", Scope.NIL, claim.owner()),
                purpose,
                now);
    }

    /** The same for the token for the first secret, in the scope of the tenant it names. */
    UUID lookForSecret(Claim claim, Instant now) {
        return check(claim, find(claim, "tenant = ? and record = ?", claim.owner()), Purpose.SECRET, now);
    }

    /** Uses up a token, in the transaction of what it was for. Of two who do so at the same instant one is refused. */
    void use(Claim claim, UUID application, Purpose purpose, Instant now) {
        var used = jdbc.sql("""
                update onboarding_token set used_at = ? where tenant = ? and application = ? and record = ? and used_at is null
                """)
                .params(
                        ApplicationRows.timestamp(now),
                        purpose == Purpose.SECRET ? claim.owner() : Scope.NIL,
                        application,
                        claim.record())
                .update();
        if (used == 0) {
            throw used();
        }
    }

    private @Nullable Kept find(Claim claim, String where, Object... owners) {
        return jdbc.sql("select application, purpose, hash, expires_at, used_at from onboarding_token where " + where)
                .params(owners)
                .param(claim.record())
                .query((row, _) -> kept(row, claim))
                .optional()
                .orElse(null);
    }

    private Kept kept(ResultSet row, Claim claim) throws SQLException {
        return new Kept(
                row.getObject("application", UUID.class),
                Purpose.valueOf(row.getString("purpose")),
                MessageDigest.isEqual(row.getBytes("hash"), claim.token().hash(pepper)),
                ApplicationRows.instant(row, "expires_at"),
                ApplicationRows.when(row, "used_at"));
    }

    /** What is told beyond "unknown" is told to who has the right token alone. */
    private UUID check(Claim claim, @Nullable Kept kept, Purpose purpose, Instant now) {
        // as long as it takes where there is one
        var matches =
                kept == null ? MessageDigest.isEqual(NO_HASH, claim.token().hash(pepper)) : kept.matches();
        if (kept == null || !matches) {
            throw refusals.of(
                    OnboardingProblem.TOKEN_UNKNOWN, "Nothing is known of this: open the link of the latest mail.");
        }
        if (kept.purpose() != purpose) {
            throw refusals.of(
                    OnboardingProblem.TOKEN_NOT_FOR_THIS,
                    "This belongs to another step: use it where the mail, or the answer that showed it, says.");
        }
        if (kept.usedAt() != null) {
            throw used();
        }
        if (!kept.expiresAt().isAfter(now)) {
            throw refusals.of(
                    OnboardingProblem.TOKEN_EXPIRED, "This was not used in time: apply again for another mail.");
        }
        return kept.application();
    }

    private ProblemException used() {
        return refusals.of(
                OnboardingProblem.TOKEN_USED, "This worked once, and that was it: apply again for another mail.");
    }
}
