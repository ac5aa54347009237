package com.misybot.tenancy.credential;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.keyring.Keyring;
import com.misybot.tenancy.keyring.MacKey;
import com.misybot.tenancy.keyring.TenantKeyId;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.web.Causes;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Issues, rotates and revokes the secrets of tenants. A tenant has two at most that are accepted, because one change of its
 * comes after the other and each leaves no more. Nothing here touches the tenant itself, and no change of a tenant its secrets.
 */
@Service
public class TenantSecrets {

    private final SecretRows rows;
    private final ScopedTransactions transactions;
    private final ApplicationEventPublisher events;
    private final MacKey pepper;
    private final SecureRandom random;

    TenantSecrets(
            SecretRows rows,
            ScopedTransactions transactions,
            ApplicationEventPublisher events,
            Keyring keyring,
            SecureRandom random) {
        this.rows = rows;
        this.transactions = transactions;
        this.events = events;
        this.pepper = keyring.macKey(Keyring.Purpose.PEPPER);
        this.random = random;
    }

    /** A secret with its token, which nobody can ask for again. */
    public record Issued(TenantSecret secret, OneTimeSecret token) {}

    /** Where a list goes on: after the secret that was made then and has this id. */
    public record Position(Instant createdAt, String id) {}

    /** Issues the first secret of a tenant that comes into being in this transaction. Its registration is the change that tells of it. */
    OneTimeSecret first(UUID tenant, Cause cause) {
        var key = TenantKeyId.issue(tenant, random);
        var token = Token.issue(Token.Kind.TENANT, key.text(), random);
        rows.insertFirst(key, token.hash(pepper), cause.actor());
        return token.secret();
    }

    /**
     * Issues a secret. The latest of those before is accepted for the overlap still; every other ends now.
     *
     * @throws ProblemException 400 for an {@code expiresAt} that is not in the future
     */
    public Issued rotate(UUID tenant, Rotation how, Cause cause) {
        return transactions.change(Scope.tenant(tenant), () -> {
            var now = rows.time();
            how.requireFutureEnd(now);
            var before = rows.live(tenant, now);
            var latest = before.isEmpty() ? null : before.getFirst();
            var issued = insert(tenant, now, how.expiresAt(), latest == null ? null : latest.id(), cause);
            var fields = new TreeMap<>(Map.of("secret", Difference.MASKED));
            if (how.expiresAt() != null) {
                fields.put("expiresAt", Difference.of(null, how.expiresAt()));
            }
            if (latest != null) {
                var replaced = latest.replacedBy(issued.secret().id(), now.plus(how.overlap()));
                rows.update(replaced);
                fields.put("replaced.expiresAt", Difference.of(latest.expiresAt(), replaced.expiresAt()));
                fields.put("replaces", Difference.of(null, latest.id()));
                before.stream().skip(1).forEach(older -> rows.update(older.revoked(now, cause.actor())));
            }
            publish(tenant, SecretChanges.ROTATED, issued.secret().id(), fields, cause, now);
            return issued;
        });
    }

    /**
     * Ends a secret at once. One that is revoked already stays as it is.
     *
     * @throws ProblemException 404, 412
     */
    public TenantSecret revoke(UUID tenant, String id, IfMatch ifMatch, Cause cause) {
        return transactions.change(Scope.tenant(tenant), () -> {
            var secret = require(tenant, id);
            ifMatch.require(secret.version());
            if (secret.revokedAt() != null) {
                return secret;
            }
            var now = rows.time();
            rows.update(secret.revoked(now, cause.actor()));
            publish(tenant, SecretChanges.REVOKED, id, revokedAt(now), cause, now);
            return require(tenant, id);
        });
    }

    /**
     * Ends every secret at once.
     *
     * @return how many were accepted until now
     * @throws ProblemException 422 {@code reason_required}
     */
    public int revokeAll(UUID tenant, Cause cause) {
        Causes.required(cause);
        return transactions.change(Scope.tenant(tenant), () -> {
            var now = rows.time();
            var live = rows.live(tenant, now);
            live.forEach(secret -> rows.update(secret.revoked(now, cause.actor())));
            if (!live.isEmpty()) {
                publish(tenant, SecretChanges.ALL_REVOKED, tenant.toString(), revokedAt(now), cause, now);
            }
            return live.size();
        });
    }

    /**
     * One secret, ended ones as well.
     *
     * @throws ProblemException 404
     */
    public TenantSecret find(UUID tenant, String id) {
        return transactions.read(Scope.tenant(tenant), () -> require(tenant, id));
    }

    /** A part of all secrets a tenant ever had, the latest first. */
    public List<TenantSecret> list(UUID tenant, @Nullable Position after, int limit) {
        return transactions.read(Scope.tenant(tenant), () -> rows.list(tenant, after, limit));
    }

    private TenantSecret require(UUID tenant, String id) {
        return rows.find(tenant, id)
                .orElseThrow(
                        () -> new ProblemException(WebProblem.NOT_FOUND, "The tenant has no secret with this id."));
    }

    private Issued insert(
            UUID tenant, Instant now, @Nullable Instant expiresAt, @Nullable String replaces, Cause cause) {
        var key = TenantKeyId.issue(tenant, random);
        var token = Token.issue(Token.Kind.TENANT, key.text(), random);
        var secret = TenantSecret.fresh(key, cause.actor(), now, expiresAt, replaces);
        rows.insert(secret, token.hash(pepper));
        return new Issued(secret, token.secret());
    }

    private static SortedMap<String, Difference> revokedAt(Instant now) {
        return new TreeMap<>(Map.of("revokedAt", Difference.of(null, now)));
    }

    private void publish(
            UUID tenant, String type, String subject, SortedMap<String, Difference> fields, Cause cause, Instant now) {
        events.publishEvent(new Change(UuidCreator.getTimeOrderedEpoch(), tenant, type, subject, fields, cause, now));
    }
}
