package com.misybot.tenancy.keyring;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.keyring.SigningKeyRows.Row;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The keys that sign what other services verify without asking. One signs; its successor is published before it signs, and
 * what has signed stays published for a while, so that whoever keeps the published keys for minutes has the one he needs at
 * any time. All instances share them; each holds them in memory and looks for new ones every few seconds.
 *
 * <p>Instants are those of the injected clock: the times between steps are so much longer than clocks differ that it does
 * not matter whose clock says when.
 */
public final class SigningKeys {

    /** A key was made; its fields say nothing of it but that. */
    public static final String CREATED = "signing_key.created";

    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);
    private static final Cause BY_ITSELF = Cause.of(Actor.system("signing-keys"));

    private final SigningSettings settings;
    private final Sealing sealing;
    private final SigningKeyRows rows;
    private final ScopedTransactions transactions;
    private final ApplicationEventPublisher events;
    private final SecureRandom random;
    private final Clock clock;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private volatile List<Held> held = List.of();

    SigningKeys(
            SigningSettings settings,
            Keyring keyring,
            SigningKeyRows rows,
            ScopedTransactions transactions,
            ApplicationEventPublisher events,
            SecureRandom random,
            Clock clock) {
        this.settings = settings;
        this.sealing = keyring.sealing(Keyring.Purpose.SIGNING_KEY, random);
        this.rows = rows;
        this.transactions = transactions;
        this.events = events;
        this.random = random;
        this.clock = clock;
    }

    private record Held(Row row, SigningKey key) {}

    /** The key to sign with now. Asks nobody. */
    public SigningKey current() {
        var now = clock.instant();
        @Nullable Held found = null;
        for (var one : held) {
            if (found == null || one.row().signsAt(now)) {
                found = one;
            }
        }
        if (found == null) {
            throw new IllegalStateException("There is no signing key: the service has not started yet");
        }
        return found.key();
    }

    /** The keys others may verify with now, in the order in which they sign. Asks nobody. */
    public List<SigningKey> published() {
        var now = clock.instant();
        return held.stream()
                .filter(one -> one.row().isPublishedAt(now))
                .map(Held::key)
                .toList();
    }

    /**
     * A key that was made.
     *
     * @param key the key
     * @param signsFrom from when on it signs
     */
    public record Successor(SigningKey key, Instant signsFrom) {}

    /**
     * Makes the successor of the present key before its time. It signs as soon as it has been published for long enough; one
     * that waits for that already is the successor. Inside of a transaction, instances know of it seconds after its end.
     */
    public Successor rotate(Cause cause) {
        var made = transactions.change(Scope.platformRows(), () -> {
            var last = last(open(rows.all()));
            var now = clock.instant();
            return last != null && last.row().activeFrom().isAfter(now)
                    ? new Successor(last.key(), last.row().activeFrom())
                    : succeed(now.plus(settings.publishAhead()), cause);
        });
        loadOutside();
        return made;
    }

    /**
     * Replaces every key at once: for keys that somebody else may have. What they signed is refused by whoever reads the
     * published keys anew. Instances go over to the new key within seconds of the end of the transaction.
     */
    public Successor replace(Cause cause) {
        var made = transactions.change(Scope.platformRows(), () -> {
            var now = clock.instant();
            rows.expireAll(now);
            return insert(now, cause);
        });
        loadOutside();
        return made;
    }

    /** What is not committed is not signed with. */
    private void loadOutside() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            load();
        }
    }

    /** Looks for new keys, and does what is due. Any number of instances may do so at once: one makes the key. */
    void check() {
        load();
        if (isDue(held)) {
            transactions.change(Scope.platformRows(), () -> {
                makeWhatIsDue();
                rows.forget(clock.instant());
                return true;
            });
            load();
        }
    }

    private void makeWhatIsDue() {
        var last = last(open(rows.all()));
        var now = clock.instant();
        if (last == null) {
            succeed(now, BY_ITSELF);
        } else if (isDue(last, now)) {
            var end = last.row().activeFrom().plus(settings.lifetime());
            var ahead = now.plus(settings.publishAhead());
            succeed(end.isAfter(ahead) ? end : ahead, BY_ITSELF);
        }
    }

    private Successor succeed(Instant activeFrom, Cause cause) {
        rows.retireLast(activeFrom, activeFrom.plus(settings.keep()));
        return insert(activeFrom, cause);
    }

    private Successor insert(Instant activeFrom, Cause cause) {
        var key = SigningKey.make(random);
        var now = clock.instant();
        rows.insert(key, sealing.seal(key.keyId(), key.privateBytes()), now, cause.actor(), activeFrom);
        events.publishEvent(new Change(
                UuidCreator.getTimeOrderedEpoch(),
                Scope.NIL,
                CREATED,
                key.keyId(),
                new TreeMap<>(Map.of("activeFrom", Difference.of(null, activeFrom))),
                cause,
                now));
        return new Successor(key, activeFrom);
    }

    private boolean isDue(List<Held> keys) {
        var now = clock.instant();
        var last = last(keys);
        return last == null
                || isDue(last, now)
                || keys.stream().anyMatch(one -> !one.row().isPublishedAt(now));
    }

    private boolean isDue(Held last, Instant now) {
        return !last.row()
                .activeFrom()
                .plus(settings.lifetime())
                .minus(settings.publishAhead())
                .isAfter(now);
    }

    /** The one without an end, or none. */
    private static @Nullable Held last(List<Held> keys) {
        return keys.stream()
                .filter(one -> one.row().retiredAt() == null)
                .findFirst()
                .orElse(null);
    }

    /** One after the other, so that what was read first never replaces what was read last. */
    private synchronized void load() {
        held = open(transactions.read(Scope.platformRows(), rows::all));
    }

    /** Leaves out what this service has not sealed: whoever can write rows must not thereby publish a key of his own. */
    private List<Held> open(List<Row> stored) {
        var opened = new ArrayList<Held>();
        for (var row : stored) {
            try {
                opened.add(new Held(row, known(row)));
            } catch (Sealing.BrokenSealException e) {
                if (reported.add(row.keyId())) {
                    log.error("Security event: signing key {} is left out: {}", row.keyId(), e.getMessage());
                }
            }
        }
        return List.copyOf(opened);
    }

    /** The public half comes from the private one, so that what the row says of it counts for nothing. */
    private SigningKey known(Row row) throws Sealing.BrokenSealException {
        for (var one : held) {
            if (one.row().keyId().equals(row.keyId())) {
                return one.key();
            }
        }
        return SigningKey.of(sealing.open(row.keyId(), row.sealed()));
    }
}
