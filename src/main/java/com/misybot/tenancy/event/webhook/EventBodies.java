package com.misybot.tenancy.event.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.misybot.tenancy.event.CloudEvents;
import com.misybot.tenancy.event.Event;
import com.misybot.tenancy.event.EventStore;
import com.misybot.tenancy.event.Position;
import com.misybot.tenancy.event.webhook.DeliveryRows.Due;
import com.misybot.tenancy.kernel.TenantId;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What messages say: the event as the feed has it. Runs inside the caller's transaction. */
@Component
class EventBodies {

    private static final String NOTHING = "{\"actor\":{\"kind\":\"system\"},\"fields\":[]}";

    private final EventStore store;
    private final CloudEvents events;
    private final JdbcClient jdbc;
    private final Clock clock;

    EventBodies(EventStore store, CloudEvents events, JdbcClient jdbc, Clock clock) {
        this.store = store;
        this.events = events;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The bodies of messages, by their ids; one whose event is not kept any more has none. */
    Map<UUID, byte[]> of(UUID tenant, List<Due> due) {
        var name = name(tenant);
        var kept = store
                .read(
                        tenant,
                        due.stream()
                                .filter(one -> one.body() == null)
                                .map(one -> one.about().sequence())
                                .toList())
                .stream()
                .collect(Collectors.toMap(Event::sequence, event -> events.bytes(event, name)));
        var bodies = new HashMap<UUID, byte[]>();
        for (var one : due) {
            var body = one.body() == null
                    ? kept.get(one.about().sequence())
                    : one.body().getBytes(UTF_8);
            if (body != null) {
                bodies.put(one.id(), body);
            }
        }
        return bodies;
    }

    /** The body of a message about nothing. */
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
        return new String(events.bytes(event, name(about.tenant())), UTF_8);
    }

    private @Nullable TenantId name(UUID tenant) {
        return jdbc.sql("select tenant_id from tenant where id = :tenant")
                .param("tenant", tenant)
                .query((row, _) -> new TenantId(row.getString("tenant_id")))
                .optional()
                .orElse(null);
    }
}
