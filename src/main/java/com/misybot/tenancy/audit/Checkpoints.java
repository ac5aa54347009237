package com.misybot.tenancy.audit;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.keyring.SigningKeys;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Signs the heads of trails. A checkpoint is no entry: it would make itself out of date. */
@Service
public class Checkpoints {

    /** The head of a trail was signed: an event, and no entry of the trail. */
    public static final String CHECKPOINTED = "audit.checkpointed";

    private final EntryRows entries;
    private final CheckpointRows rows;
    private final SigningKeys keys;
    private final ScopedTransactions transactions;
    private final ApplicationEventPublisher events;

    Checkpoints(
            EntryRows entries,
            CheckpointRows rows,
            SigningKeys keys,
            ScopedTransactions transactions,
            ApplicationEventPublisher events) {
        this.entries = entries;
        this.rows = rows;
        this.keys = keys;
        this.transactions = transactions;
        this.events = events;
    }

    /**
     * Signs the head of a trail, or answers the last checkpoint where that is the head.
     *
     * @param cause who wants it
     * @return null where there is no entry yet
     */
    public @Nullable Checkpoint take(UUID tenant, Cause cause) {
        return transactions.change(Scope.tenant(tenant), () -> {
            var last = rows.last(tenant);
            var head = entries.head(tenant);
            if (head == null || (last != null && last.checkpoint().seq() >= head.seq())) {
                return last == null ? null : last.checkpoint();
            }
            var made = sign(head, last == null ? 0 : last.checkpoint().seq());
            rows.insert(made);
            events.publishEvent(change(made, cause));
            return made;
        });
    }

    /** Those of a trail for entries from one number to another, both included, in their order. */
    public List<Checkpoint> between(UUID tenant, long first, long last) {
        return transactions.read(Scope.tenant(tenant), () -> rows.between(tenant, first, last)).stream()
                .map(CheckpointRows.Stored::checkpoint)
                .toList();
    }

    /** Those of a trail, the latest first, before a number. */
    public List<Checkpoint> list(UUID tenant, long before, int limit) {
        return transactions.read(Scope.tenant(tenant), () -> rows.latest(tenant, before, limit)).stream()
                .map(CheckpointRows.Stored::checkpoint)
                .toList();
    }

    /**
     * A trail.
     *
     * @param hasNews whether it has entries that no checkpoint knows
     */
    public record State(UUID tenant, boolean hasNews) {}

    /** Trails of tenants in the order of their UUIDs, after one of them. */
    public List<State> trails(UUID after, int limit) {
        return transactions.read(Scope.platform(), () -> rows.trails(after, limit));
    }

    private static Change change(Checkpoint made, Cause cause) {
        return new Change(
                UuidCreator.getTimeOrderedEpoch(),
                made.tenant(),
                CHECKPOINTED,
                Long.toString(made.seq()),
                new TreeMap<>(Map.of("seq", Difference.of(made.previous(), made.seq()))),
                cause,
                made.at());
    }

    private Checkpoint sign(Chained head, long previous) {
        var key = keys.current();
        var at = transactions.now().truncatedTo(ChronoUnit.MICROS);
        var message = Checkpoint.message(head.tenant(), head.seq(), head.hash(), at, previous, false);
        return new Checkpoint(
                head.tenant(),
                head.seq(),
                head.hash(),
                at,
                previous,
                false,
                key.keyId(),
                key.publicBytes(),
                key.sign(message));
    }
}
