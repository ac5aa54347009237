package com.misybot.tenancy.audit;

import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.LastStatements;
import com.misybot.tenancy.kernel.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes an entry for every change, in the transaction of the change: both are committed or none. The entries of a transaction go
 * to the database together, just before it commits, so that many changes cost few round trips.
 *
 * <p>{@link com.misybot.tenancy.kernel.ScopedTransactions#change} holds the lock of the tenant from the beginning of the transaction, so that the end of the
 * trail is the same until it commits. A tenant that comes into being is nobody else's yet and has no lock; its first entries are
 * numbers 1 and on, and a second first entry would be refused by the key of the table.
 */
@Component
class Trail {

    private final EntryRows rows;
    private final Details details;
    private final LastStatements last;

    Trail(EntryRows rows, Details details, LastStatements last) {
        this.rows = rows;
        this.details = details;
        this.last = last;
    }

    /**
     * Hears of a change.
     *
     * @throws IllegalStateException outside of a transaction, or in one of another tenant
     */
    @EventListener
    void on(Change change) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    change.type() + " is told outside of a transaction: its entry could be lost");
        }
        if (Scope.current() instanceof Scope.Tenant scope && !scope.tenant().equals(change.tenant())) {
            throw new IllegalStateException(change.type() + " of one tenant is told in the scope of another");
        }
        if (change.type().equals(Checkpoints.CHECKPOINTED)) {
            return; // an entry about it would be one that it does not know
        }
        append(new EntryRows.Appended(
                change.tenant(),
                Entry.of(
                        change.id(),
                        change.at(),
                        change.type(),
                        change.subject(),
                        Entry.Outcome.DONE,
                        change.cause(),
                        details.of(change.fields()))));
    }

    private void append(EntryRows.Appended entry) {
        for (var one : TransactionSynchronizationManager.getSynchronizations()) {
            if (one instanceof Pending pending && !pending.isWritten) {
                pending.entries.add(entry);
                return;
            }
        }
        var pending = new Pending();
        pending.entries.add(entry);
        TransactionSynchronizationManager.registerSynchronization(pending);
        last.add(pending::write);
    }

    /** What the present transaction has changed. */
    private final class Pending implements TransactionSynchronization {

        private final List<EntryRows.Appended> entries = new ArrayList<>();
        private boolean isWritten;

        /** One entry goes with what else comes last; many go by themselves before that. */
        LastStatements.@Nullable Last write() {
            isWritten = true;
            if (entries.size() == 1) {
                return EntryRows.appending(entries.getFirst());
            }
            rows.append(entries);
            return null;
        }
    }
}
