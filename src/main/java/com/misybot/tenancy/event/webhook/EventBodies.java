package com.misybot.tenancy.event.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.misybot.tenancy.event.CloudEvents;
import com.misybot.tenancy.event.Event;
import com.misybot.tenancy.event.EventStore;
import com.misybot.tenancy.event.Position;
import com.misybot.tenancy.event.webhook.DeliveryQueue.Due;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What messages say: the event as the feed has it. */
@Component
class EventBodies {

    private static final String NOTHING = "{\"actor\":{\"kind\":\"system\"},\"fields\":[]}";

    private final EventStore store;
    private final CloudEvents events;
    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;
    private final Clock clock;

    EventBodies(EventStore store, CloudEvents events, ScopedTransactions transactions, JdbcClient jdbc, Clock clock) {
        this.store = store;
        this.events = events;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The bodies of messages, by their ids; one whose event is not kept any more has none. Those of the platform's webhooks are about
     * every tenant's events and are read in the platform's scope, a tenant's in its own. Outside of transactions.
     */
    Map<UUID, byte[]> of(UUID tenant, List<Due> due) {
        var bodies = new HashMap<UUID, byte[]>();
        var abouts = new ArrayList<Delivery.About>();
        for (var one : due) {
            if (one.body() == null) {
                abouts.add(one.about());
            } else {
                bodies.put(one.id(), one.body().getBytes(UTF_8));
            }
        }
        var kept = abouts.isEmpty() ? Map.<UUID, byte[]>of() : kept(tenant, abouts);
        for (var one : due) {
            var body = kept.get(one.about().event());
            if (one.body() == null && body != null) {
                bodies.put(one.id(), body);
            }
        }
        return bodies;
    }

    private Map<UUID, byte[]> kept(UUID tenant, List<Delivery.About> abouts) {
        var scope = tenant.equals(Scope.NIL) ? Scope.platform() : Scope.tenant(tenant);
        return transactions.read(scope, () -> {
            var names = names(abouts.stream().map(Delivery.About::tenant).collect(Collectors.toSet()));
            return store
                    .read(abouts.stream()
                            .map(about -> new EventStore.Key(about.tenant(), about.sequence()))
                            .toList())
                    .stream()
                    .collect(Collectors.toMap(
                            Event::id, event -> events.bytes(event, names.get(event.tenant())), (one, _) -> one));
        });
    }

    /** The body of a message about nothing. Runs inside the caller's transaction. */
    String test(Delivery.About about) {
        var now = clock.instant();
        var event = new Event(
                about.tenant(),
                0,
                new Position(0, 0, 0),
                about.event(),
                about.type(),
                about.event().toString(),
                now,
                now,
                NOTHING);
        return new String(events.bytes(event, names(Set.of(about.tenant())).get(about.tenant())), UTF_8);
    }

    private Map<UUID, TenantId> names(Set<UUID> tenants) {
        var names = new HashMap<UUID, TenantId>();
        jdbc.sql("select id, tenant_id from tenant where id = any (:tenants::uuid[])")
                .param("tenants", tenants.stream().map(UUID::toString).toArray(String[]::new))
                .query(row -> {
                    names.put(row.getObject("id", UUID.class), new TenantId(row.getString("tenant_id")));
                });
        return names;
    }
}
