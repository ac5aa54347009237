package com.misybot.tenancy.audit;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Verifies trails in the database in constant memory, batch by batch, each in a transaction of its own; one batch is read while the one
 * before it is checked.
 */
@Component
public class Verification {

    private static final int BATCH = 5_000;

    private final EntryRows entries;
    private final CheckpointRows checkpoints;
    private final ScopedTransactions transactions;

    Verification(EntryRows entries, CheckpointRows checkpoints, ScopedTransactions transactions) {
        this.entries = entries;
        this.checkpoints = checkpoints;
        this.transactions = transactions;
    }

    /**
     * What a reader has kept of an earlier day.
     *
     * @param seq number of an entry
     * @param hash what its hash was then, 32 bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Kept(long seq, byte[] hash) {}

    /**
     * Which part of a trail.
     *
     * @param from first entry; 1 for the beginning
     * @param to last entry; {@link Long#MAX_VALUE} for the end
     * @param kept what the chain must lead through
     */
    public record Part(long from, long to, @Nullable Kept kept) {

        /** All of it. */
        public static final Part WHOLE = new Part(1, Long.MAX_VALUE, null);
    }

    /**
     * What was found.
     *
     * @param fault the first thing that is wrong; null where all is as it was written
     * @param check how far it went
     */
    public record Verdict(ChainCheck.@Nullable Fault fault, ChainCheck check) {}

    private record Ends(long head, long lastCheckpoint) {}

    /** Verifies a trail as it is when the call begins. */
    public Verdict verify(UUID tenant, Part part) {
        return verify(tenant, part, _ -> {});
    }

    /** Does so and tells after each batch how many entries were good. */
    public Verdict verify(UUID tenant, Part part, LongConsumer progress) {
        var ends = transactions.read(Scope.tenant(tenant), () -> {
            // the checkpoint first: entries that come in between do no harm
            var checkpoint = checkpoints.last(tenant);
            var head = entries.head(tenant);
            return new Ends(
                    head == null ? 0 : head.seq(),
                    checkpoint == null ? 0 : checkpoint.checkpoint().seq());
        });
        var kept = part.kept;
        var from = kept == null ? part.from : Math.min(part.from, kept.seq);
        var to = Math.min(ends.head, kept == null ? part.to : Math.max(part.to, kept.seq));
        var check = begin(tenant, from);
        if (check == null) {
            return new Verdict(
                    new ChainCheck.Fault(
                            from - 1, ChainCheck.Why.SEQUENCE, "There is no entry " + (from - 1) + " to begin after."),
                    new ChainCheck(tenant));
        }
        var fault = follow(check, tenant, from, to, kept, progress);
        if (fault == null && kept != null && kept.seq > check.last()) {
            fault = new ChainCheck.Fault(
                    kept.seq, ChainCheck.Why.READERS_CHECKPOINT, "The trail ends before your checkpoint.");
        }
        if (fault == null && part.to >= ends.head) {
            fault = check.end(ends.lastCheckpoint);
        }
        return new Verdict(fault, check);
    }

    /** In front of what is not the beginning stands an entry; null where that is missing. */
    private @Nullable ChainCheck begin(UUID tenant, long from) {
        if (from <= 1) {
            return new ChainCheck(tenant);
        }
        return transactions.read(Scope.tenant(tenant), () -> {
            var before = entries.from(tenant, from - 1, 1);
            if (before.isEmpty() || before.getFirst().seq() != from - 1) {
                return null;
            }
            var checkpoint = checkpoints.lastBefore(tenant, from);
            return new ChainCheck(
                    tenant,
                    before.getFirst(),
                    checkpoint == null ? 0 : checkpoint.checkpoint().seq());
        });
    }

    private ChainCheck.@Nullable Fault follow(
            ChainCheck check, UUID tenant, long from, long to, @Nullable Kept kept, LongConsumer progress) {
        try (var ahead = Executors.newVirtualThreadPerTaskExecutor()) {
            var reading = ahead.submit(() -> batch(tenant, from, to));
            while (true) {
                var batch = taken(reading);
                if (batch.entries.isEmpty()) {
                    return null;
                }
                var next = batch.entries.getLast().seq() + 1;
                reading = ahead.submit(() -> batch(tenant, next, to));
                for (var entry : batch.entries) {
                    var fault = fault(check, entry, batch.marks.get(entry.seq()), kept);
                    if (fault != null) {
                        return fault;
                    }
                }
                progress.accept(check.entries());
            }
        }
    }

    private static ChainCheck.@Nullable Fault fault(
            ChainCheck check, Chained entry, CheckpointRows.@Nullable Stored mark, @Nullable Kept kept) {
        var fault = mark == null ? check.next(entry, null, true) : check.next(entry, mark.checkpoint(), mark.own());
        if (fault == null && kept != null && kept.seq == entry.seq() && !Arrays.equals(kept.hash, entry.hash())) {
            return new ChainCheck.Fault(
                    entry.seq(), ChainCheck.Why.READERS_CHECKPOINT, "Your checkpoint says another hash.");
        }
        return fault;
    }

    /** Some entries in their order, with the checkpoints between them. */
    private record Batch(List<Chained> entries, Map<Long, CheckpointRows.Stored> marks) {}

    private Batch batch(UUID tenant, long from, long to) {
        if (from > to) {
            return new Batch(List.of(), Map.of());
        }
        return transactions.read(Scope.tenant(tenant), () -> {
            var read = entries.between(tenant, from, to, BATCH);
            return new Batch(
                    read,
                    read.isEmpty()
                            ? Map.of()
                            : checkpoints.between(tenant, from, read.getLast().seq()).stream()
                                    .collect(Collectors.toMap(
                                            one -> one.checkpoint().seq(), Function.identity())));
        });
    }

    /** What was read ahead, or why it could not be. */
    private static Batch taken(Future<Batch> reading) {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a trail was verified", e);
        }
    }
}
