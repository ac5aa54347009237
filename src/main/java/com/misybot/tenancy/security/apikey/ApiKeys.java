package com.misybot.tenancy.security.apikey;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.keyring.Keyring;
import com.misybot.tenancy.keyring.MacKey;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.security.access.Authority;
import com.misybot.tenancy.web.ETags;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Makes, rotates and revokes API keys. All of it happens among the platform's own rows, one change after the other. A key out
 * of the caller's reach does not exist for that caller, and nobody makes or rotates a key that is allowed more than it is.
 */
@Service
class ApiKeys {

    static final String CREATED = "api_key.created";
    static final String ROTATED = "api_key.rotated";
    static final String REVOKED = "api_key.revoked";

    private static final Instant LATEST_END = Instant.parse("9999-12-31T23:59:59Z");

    private final ApiKeyRows rows;
    private final ScopedTransactions transactions;
    private final ApplicationEventPublisher events;
    private final MacKey pepper;
    private final SecureRandom random;
    private final Clock clock;

    ApiKeys(
            ApiKeyRows rows,
            ScopedTransactions transactions,
            ApplicationEventPublisher events,
            Keyring keyring,
            SecureRandom random,
            Clock clock) {
        this.rows = rows;
        this.transactions = transactions;
        this.events = events;
        this.pepper = keyring.macKey(Keyring.Purpose.PEPPER);
        this.random = random;
        this.clock = clock;
    }

    /**
     * What a new key shall be.
     *
     * @param principal who will act with it; drawn where it is null
     * @param name for people
     * @param kind whose key
     * @param authority what it is trusted with
     * @param expiresAt when it ends, if ever
     */
    record Wanted(
            @Nullable String principal,
            String name,
            ApiKey.Kind kind,
            Authority authority,
            @Nullable Instant expiresAt) {}

    /** A key with its token, which nobody can ask for again. */
    record Issued(ApiKey key, OneTimeSecret secret) {}

    Issued create(Wanted wanted, Authority giver, Cause cause) {
        requireCovered(giver, wanted.authority());
        requireFuture(wanted.expiresAt());
        return issue(wanted, cause);
    }

    /** Makes a key without asking who gives it: for the first one, which nobody gives. */
    Issued issue(Wanted wanted, Cause cause) {
        return transactions.change(Scope.platformRows(), () -> {
            var keyId = Token.newKeyId(wanted.kind().token(), random);
            var principal = wanted.principal() == null ? keyId : wanted.principal();
            if (rows.principalExists(principal)) {
                throw new ProblemException(
                        ApiKeyProblem.PRINCIPAL_TAKEN,
                        "A principal is never given twice, so that old records stay true: choose another, or rotate the"
                                + " key that has it.");
            }
            var issued = insert(keyId, principal, wanted, null, cause);
            publish(CREATED, keyId, cause, ApiKeyDifferences.whole(issued.key()));
            return issued;
        });
    }

    /**
     * Makes a successor with the same principal and the same rights.
     *
     * @param overlap how long the old key is accepted still
     * @param expiresAt when the new key ends; null for the lifetime the old one was given
     */
    Issued rotate(
            String keyId,
            Duration overlap,
            @Nullable Instant expiresAt,
            Authority giver,
            @Nullable IfMatch ifMatch,
            Cause cause) {
        requireFuture(expiresAt);
        return transactions.change(Scope.platformRows(), () -> {
            var old = find(keyId, giver.reach());
            requireCovered(giver, old.authority());
            ETags.requireMatch(ifMatch, old.version());
            var now = clock.instant();
            requireRotatable(old, now);
            var wanted = new Wanted(old.principal(), old.name(), old.kind(), old.authority(), end(old, expiresAt, now));
            var successor = Token.newKeyId(old.kind().token(), random);
            var issued = insert(successor, old.principal(), wanted, keyId, cause);
            var replaced = old.replacedBy(successor, now.plus(overlap));
            rows.update(replaced);
            publish(ROTATED, keyId, cause, ApiKeyDifferences.between(old, replaced));
            return issued;
        });
    }

    /** Ends a key at once. A key that is revoked already stays as it is. */
    ApiKey revoke(String keyId, Authority giver, @Nullable IfMatch ifMatch, Cause cause) {
        return transactions.change(Scope.platformRows(), () -> {
            var key = find(keyId, giver.reach());
            ETags.requireMatch(ifMatch, key.version());
            if (key.revokedAt() != null) {
                return key;
            }
            var revoked = key.revoked(clock.instant(), cause.actor());
            rows.update(revoked);
            publish(REVOKED, keyId, cause, ApiKeyDifferences.between(key, revoked));
            return find(keyId, giver.reach());
        });
    }

    ApiKey read(String keyId, Reach reach) {
        return transactions.read(Scope.platform(), () -> find(keyId, reach));
    }

    List<ApiKey> list(Reach reach, ApiKeyRows.Filter filter, ApiKeyRows.@Nullable Position after, int limit) {
        return transactions.read(Scope.platform(), () -> rows.list(reach, filter, after, limit));
    }

    long count(Reach reach, ApiKeyRows.Filter filter) {
        return transactions.read(Scope.platform(), () -> rows.count(reach, filter));
    }

    private Issued insert(String keyId, String principal, Wanted wanted, @Nullable String replaces, Cause cause) {
        var token = Token.issue(wanted.kind().token(), keyId, random);
        var key = new ApiKey(
                keyId,
                principal,
                wanted.name(),
                wanted.kind(),
                wanted.authority(),
                0,
                clock.instant(),
                cause.actor().toString(),
                wanted.expiresAt(),
                null,
                null,
                replaces,
                null,
                null);
        rows.insert(key, token.hash(pepper));
        return new Issued(key, token.secret());
    }

    private ApiKey find(String keyId, Reach reach) {
        return rows.find(keyId, reach)
                .orElseThrow(() -> new ProblemException(
                        WebProblem.NOT_FOUND, "There is no API key with this id within your reach."));
    }

    private static void requireCovered(Authority giver, Authority wanted) {
        var errors = new ArrayList<FieldError>();
        if (!giver.coversScopes(wanted)) {
            errors.add(new FieldError("/scopes", "beyond_own_access", "Only scopes that your own credential has."));
        }
        if (!giver.coversReach(wanted)) {
            errors.add(new FieldError("/reach", "beyond_own_access", "Only tenants that your own credential reaches."));
        }
        if (!giver.coversNetworks(wanted)) {
            errors.add(new FieldError(
                    "/networks", "beyond_own_access", "Only networks that your own credential may come from."));
        }
        if (!giver.coversAudiences(wanted)) {
            errors.add(new FieldError(
                    "/audiences", "beyond_own_access", "Only audiences that your own credential may ask for."));
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    ApiKeyProblem.BEYOND_OWN_ACCESS,
                    "Nobody gives away more than they have: narrow what errors names, or ask somebody who is allowed more.",
                    errors);
        }
    }

    private void requireFuture(@Nullable Instant expiresAt) {
        if (expiresAt != null && (!expiresAt.isAfter(clock.instant()) || expiresAt.isAfter(LATEST_END))) {
            throw ProblemException.invalid(
                    "/expiresAt", FieldError.RANGE, "A key ends in the future, and before the year 10000.");
        }
    }

    private static void requireRotatable(ApiKey key, Instant now) {
        if (key.replacedBy() != null) {
            throw Problem.of(
                            ApiKeyProblem.KEY_ALREADY_ROTATED, "Rotate its successor " + key.replacedBy() + " instead.")
                    .with("replacedBy", key.replacedBy())
                    .asException();
        }
        if (key.status(now) != ApiKey.Status.ACTIVE) {
            throw new ProblemException(
                    ApiKeyProblem.KEY_NOT_ACTIVE, "Only an active key is rotated: create a new one.");
        }
    }

    private static @Nullable Instant end(ApiKey old, @Nullable Instant wanted, Instant now) {
        var lifetime = old.lifetime();
        return wanted != null || lifetime == null ? wanted : now.plus(lifetime);
    }

    private void publish(String type, String keyId, Cause cause, SortedMap<String, Difference> fields) {
        events.publishEvent(
                new Change(UuidCreator.getTimeOrderedEpoch(), Scope.NIL, type, keyId, fields, cause, clock.instant()));
    }
}
