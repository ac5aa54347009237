package com.misybot.tenancy.event.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.misybot.tenancy.event.webhook.DeliveryRows.Due;
import com.misybot.tenancy.kernel.CanonicalJson;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What messages say: the event as the feed has it. Runs inside the caller's transaction. */
@Component
class EventBodies {

    /** The type of a message about nothing. */
    static final String TEST = "webhook.test";

    private final JdbcClient jdbc;
    private final Clock clock;

    EventBodies(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The bodies of messages, by their ids; one whose event is not kept any more has none. */
    Map<UUID, byte[]> of(UUID tenant, List<Due> due) {
        var bySequence = new HashMap<Long, byte[]>();
        var sequences = due.stream()
                .filter(one -> one.body() == null)
                .map(one -> Long.toString(one.about().sequence()))
                .toArray(String[]::new);
        if (sequences.length > 0) {
            jdbc.sql("""
                    select sequence, id, type, subject, at, data from event
                    where tenant = :tenant and sequence = any (:sequences::bigint[])
                    """)
                    .param("tenant", tenant)
                    .param("sequences", sequences)
                    .query(row -> {
                        var sequence = row.getLong("sequence");
                        bySequence.put(
                                sequence,
                                json(
                                        row.getObject("id", UUID.class),
                                        tenant,
                                        sequence,
                                        row.getString("type"),
                                        row.getString("subject"),
                                        row.getObject("at", OffsetDateTime.class).toInstant(),
                                        row.getString("data")).getBytes(UTF_8));
                    });
        }
        var bodies = new HashMap<UUID, byte[]>();
        for (var one : due) {
            var body = one.body() == null ? bySequence.get(one.about().sequence()) : one.body().getBytes(UTF_8);
            if (body != null) {
                bodies.put(one.id(), body);
            }
        }
        return bodies;
    }

    String test(Delivery.About about) {
        return json(about.event(), about.tenant(), 0, about.type(), about.event().toString(), clock.instant(), "{}");
    }

    private static String json(
            UUID id, UUID tenant, long sequence, String type, String subject, Instant at, String data) {
        var head = CanonicalJson.of(Map.of(
                "specversion", "1.0",
                "id", id,
                "source", "/tenants/" + tenant,
                "type", type,
                "subject", subject,
                "time", at,
                "datacontenttype", "application/json",
                "sequence", Long.toString(sequence)));
        return head.substring(0, head.length() - 1) + ",\"data\":" + data + "}";
    }
}
