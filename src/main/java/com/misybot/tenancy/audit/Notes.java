package com.misybot.tenancy.audit;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Attempt;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Writes entries about what is no change, each call in a transaction of its own under the lock of the tenant. */
@Component
public class Notes {

    private static final Cause BY_ITSELF = Cause.of(Actor.system("audit"));

    private final EntryRows rows;
    private final Details details;
    private final ScopedTransactions transactions;

    Notes(EntryRows rows, Details details, ScopedTransactions transactions) {
        this.rows = rows;
        this.details = details;
        this.transactions = transactions;
    }

    /** Writes an entry for each attempt, in order. */
    public void attempts(UUID tenant, List<Attempt> attempts) {
        append(tenant, attempts.stream().map(this::entry).toList());
    }

    /** Writes an entry that the service makes by itself. */
    public void note(UUID tenant, String action, String resource, Map<String, ?> told, Instant at) {
        var entry = Entry.of(
                UuidCreator.getTimeOrderedEpoch(),
                at,
                action,
                resource,
                Entry.Outcome.NOTED,
                BY_ITSELF,
                details.telling(told));
        append(tenant, List.of(entry));
    }

    private void append(UUID tenant, List<Entry> entries) {
        transactions.change(Scope.tenant(tenant), () -> {
            rows.append(entries.stream()
                    .map(entry -> new EntryRows.Appended(tenant, entry))
                    .toList());
            return true;
        });
    }

    private Entry entry(Attempt attempt) {
        var told = new LinkedHashMap<String, Object>();
        told.put("status", attempt.status());
        if (attempt.code() != null) {
            told.put("code", attempt.code());
        }
        var outcome = switch (attempt.kind()) {
            case REFUSED -> Entry.Outcome.REFUSED;
            case READ -> Entry.Outcome.READ;
        };
        return Entry.of(
                attempt.id(),
                attempt.at(),
                attempt.action(),
                attempt.resource(),
                outcome,
                attempt.cause(),
                details.telling(told));
    }
}
