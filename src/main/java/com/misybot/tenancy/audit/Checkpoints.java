package com.misybot.tenancy.audit;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.keyring.SigningKeys;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Signs the heads of trails. A checkpoint is no entry: it would make itself out of date. */
@Service
public class Checkpoints {

    private final EntryRows entries;
    private final CheckpointRows rows;
    private final SigningKeys keys;
    private final ScopedTransactions transactions;

    Checkpoints(EntryRows entries, CheckpointRows rows, SigningKeys keys, ScopedTransactions transactions) {
        this.entries = entries;
        this.rows = rows;
        this.keys = keys;
        this.transactions = transactions;
    }

    /**
     * Signs the head of a trail, or answers the last checkpoint where that is the head.
     *
     * @return null where there is no entry yet
     */
    public @Nullable Checkpoint take(UUID tenant) {
        return transactions.change(Scope.tenant(tenant), () -> {
            var last = rows.last(tenant);
            var head = entries.head(tenant);
            if (head == null || (last != null && last.checkpoint().seq() >= head.seq())) {
                return last == null ? null : last.checkpoint();
            }
            var made = sign(head, last == null ? 0 : last.checkpoint().seq());
            rows.insert(made);
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
