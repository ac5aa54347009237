package com.misybot.tenancy.event;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.LastStatements;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes an event for every change, in the transaction of the change: there is an event of what is committed and none of what is
 * not. All events of a transaction are written by one statement at its end.
 */
@Component
class EventWriter {

    /** Rows of one statement. */
    private static final int BATCH = 1_000;

    private final EventStore store;
    private final JsonMapper json;
    private final CommittedEvents committed;
    private final EventCatalogue catalogue;
    private final List<EventFollower> followers;
    private final LastStatements last;

    EventWriter(
            EventStore store,
            JsonMapper json,
            CommittedEvents committed,
            EventCatalogue catalogue,
            List<EventFollower> followers,
            LastStatements last) {
        this.store = store;
        this.json = json;
        this.committed = committed;
        this.catalogue = catalogue;
        this.followers = followers;
        this.last = last;
    }

    @EventListener
    void on(Change change) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A change is told in its transaction: begin one");
        }
        requireOrder(change);
        TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(Written.class::isInstance)
                .map(Written.class::cast)
                .findFirst()
                .orElseGet(() -> {
                    var written = new Written();
                    TransactionSynchronizationManager.registerSynchronization(written);
                    return written;
                })
                .add(fresh(change));
    }

    /**
     * The order of a tenant's events is that of who held its lock. A tenant's scope holds it; the platform's scope has none and
     * tells of tenants only that come into being in the same transaction, which nobody else can see.
     */
    private static void requireOrder(Change change) {
        var mine = Scope.current() instanceof Scope.Tenant scope
                ? scope.tenant().equals(change.tenant()) && ScopedTransactions.isLocking()
                : Scope.current() == Scope.Shared.PLATFORM && !change.tenant().equals(Scope.NIL);
        if (!mine) {
            throw new IllegalStateException("A change is told in the scope of its tenant and under its lock: "
                    + change.type() + " in " + Scope.current());
        }
    }

    private EventStore.Fresh fresh(Change change) {
        var data = json.createObjectNode();
        data.set("actor", json.valueToTree(actor(change.cause().actor())));
        var fields = data.putArray("fields");
        change.fields().keySet().forEach(fields::add);
        catalogue
                .find(change.type())
                .orElseThrow(() -> new IllegalStateException("No module declares the type " + change.type()))
                .told(change)
                .forEach((field, state) -> data.set(field, json.readTree(state)));
        return new EventStore.Fresh(
                change.tenant(),
                change.id(),
                change.type(),
                change.subject(),
                change.at(),
                json.writeValueAsString(data));
    }

    /** Operators are people: who of them it was is for the trail to tell. */
    private static Map<String, String> actor(Actor actor) {
        var kind = EventCatalogue.word(actor.kind());
        return actor.kind() == Actor.Kind.OPERATOR ? Map.of("kind", kind) : Map.of("kind", kind, "id", actor.id());
    }

    /** The events of one transaction. */
    private final class Written implements TransactionSynchronization {

        private final List<EventStore.Fresh> waiting = new ArrayList<>();
        private int written;

        void add(EventStore.Fresh event) {
            waiting.add(event);
            if (waiting.size() == 1) { // the first one, or told by something that is done at the end as well
                last.add(this::next);
            }
        }

        /** Takes what is waiting: all of it, or what is left of more than one statement holds. */
        private LastStatements.Last next() {
            while (waiting.size() > BATCH) {
                var part = List.copyOf(waiting.subList(0, BATCH));
                waiting.subList(0, BATCH).clear();
                var offset = written;
                written += BATCH;
                tell(store.insert(part, offset));
            }
            var rest = List.copyOf(waiting);
            waiting.clear();
            var offset = written;
            written += rest.size();
            return store.inserting(rest, offset, this::tell);
        }

        private void tell(Map<UUID, Integer> followed) {
            followed.forEach((tenant, count) -> followers.forEach(follower -> follower.written(tenant, count)));
        }

        @Override
        public void afterCommit() {
            committed.tell();
        }
    }
}
