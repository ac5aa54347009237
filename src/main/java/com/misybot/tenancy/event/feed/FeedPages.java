package com.misybot.tenancy.event.feed;

import com.misybot.tenancy.event.CloudEvents;
import com.misybot.tenancy.event.Event;
import com.misybot.tenancy.event.EventProblem;
import com.misybot.tenancy.event.EventStore;
import com.misybot.tenancy.event.Horizon;
import com.misybot.tenancy.event.Position;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.tenant.ServedTenant;
import com.misybot.tenancy.tenant.ServedTenants;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Reads events from the database, in order, and never past one that was deleted or is still to come. */
@Component
class FeedPages {

    /** Most events of one page: so many tenants are looked up at once. */
    static final int MOST = 1_000;

    private final EventStore store;
    private final ScopedTransactions transactions;
    private final ServedTenants tenants;
    private final CloudEvents format;

    FeedPages(EventStore store, ScopedTransactions transactions, ServedTenants tenants, CloudEvents format) {
        this.store = store;
        this.transactions = transactions;
        this.tenants = tenants;
        this.format = format;
    }

    /**
     * Events of all tenants.
     *
     * @param after where to read on: the last event, or the horizon where there are no more
     * @param horizon how far could be read
     * @param complete whether these are all there are
     */
    record Page(List<FeedEvent> events, Position after, Horizon horizon, boolean complete) {}

    /** How far all events can be read now. */
    Horizon horizon() {
        return transactions.read(Scope.platform(), store::horizon);
    }

    /**
     * The next events of all tenants.
     *
     * @param limit at most {@value #MOST}
     * @throws com.misybot.tenancy.web.ProblemException 410 where some after this position are gone
     */
    Page read(Position after, int limit) {
        record Read(List<Event> events, Horizon horizon) {}
        var read = transactions.read(Scope.platform(), () -> {
            var horizon = store.horizon();
            var events = store.read(after, horizon, limit);
            // what retention deletes it announces before: whoever has not seen it announced has seen the events
            if (!horizon.covers(after) || !store.horizon().covers(after)) {
                throw EventProblem.gone();
            }
            return new Read(events, horizon);
        });
        var complete = read.events.size() < limit;
        return new Page(
                written(read.events),
                complete ? read.horizon.end() : read.events.getLast().position(),
                read.horizon,
                complete);
    }

    /**
     * The next events of one tenant, which are complete where there are fewer than asked for. In the tenant's own scope.
     *
     * @param after the sequence of the last one; 0 to begin with the oldest
     * @param limit at most {@value #MOST}
     * @throws com.misybot.tenancy.web.ProblemException 410 where some after this one are gone
     */
    List<FeedEvent> read(UUID tenant, long after, int limit) {
        return written(transactions.read(Scope.tenant(tenant), () -> {
            var events = store.read(tenant, after, limit);
            var known = events.isEmpty()
                    ? store.last(tenant) >= after
                    : events.getFirst().sequence() == after + 1;
            if (after > 0 && !known) {
                throw EventProblem.gone();
            }
            return events;
        }));
    }

    /** The sequence of a tenant's newest event; 0 without one. */
    long last(UUID tenant) {
        return transactions.read(Scope.tenant(tenant), () -> store.last(tenant));
    }

    private List<FeedEvent> written(List<Event> events) {
        var known = tenants
                .byId(events.stream()
                        .map(Event::tenant)
                        .filter(tenant -> !tenant.equals(Scope.NIL))
                        .collect(Collectors.toUnmodifiableSet()))
                .stream()
                .collect(Collectors.toMap(ServedTenant::id, Function.identity()));
        return events.stream()
                .map(event -> {
                    var tenant = known.get(event.tenant());
                    return new FeedEvent(event, tenant, format.bytes(event, tenant == null ? null : tenant.tenantId()));
                })
                .toList();
    }
}
