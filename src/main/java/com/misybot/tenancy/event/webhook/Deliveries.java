package com.misybot.tenancy.event.webhook;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.web.ProblemException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Messages to webhooks: the log of them, and those a client asks for besides. */
@Service
public class Deliveries {

    /** Most messages of one replay. */
    public static final int MOST = 10_000;

    private final WebhookRows webhooks;
    private final DeliveryRows rows;
    private final DeliveryLog log;
    private final PlatformFeed feed;
    private final EventBodies bodies;
    private final ScopedTransactions transactions;
    private final Wakes wakes;

    Deliveries(
            WebhookRows webhooks,
            DeliveryRows rows,
            DeliveryLog log,
            PlatformFeed feed,
            EventBodies bodies,
            ScopedTransactions transactions,
            Wakes wakes) {
        this.webhooks = webhooks;
        this.rows = rows;
        this.log = log;
        this.feed = feed;
        this.bodies = bodies;
        this.transactions = transactions;
        this.wakes = wakes;
    }

    /**
     * One message.
     *
     * @throws ProblemException 404 {@code unknown_webhook}, {@code unknown_delivery}
     */
    public Delivery find(UUID tenant, UUID webhook, UUID id) {
        return transactions.read(Scope.tenant(tenant), () -> {
            require(tenant, webhook);
            return log.find(tenant, webhook, id).orElseThrow(WebhookProblem::unknownDelivery);
        });
    }

    /** A part of the log, the latest first. */
    public List<Delivery> list(
            UUID tenant, UUID webhook, Delivery.@Nullable State state, @Nullable UUID before, int limit) {
        return transactions.read(Scope.tenant(tenant), () -> {
            require(tenant, webhook);
            return log.list(tenant, webhook, state, before, limit);
        });
    }

    /**
     * Sends a message that is about nothing.
     *
     * @throws ProblemException 409 {@code webhook_disabled}
     */
    public Delivery test(UUID tenant, UUID webhook) {
        return transactions.change(Scope.tenant(tenant), () -> {
            requireEnabled(tenant, webhook);
            var id = UuidCreator.getTimeOrderedEpoch();
            var about = new Delivery.About(tenant, 0, id, WebhookChanges.TEST);
            return send(tenant, webhook, id, about, bodies.test(about));
        });
    }

    /**
     * Sends a message once more, with the same {@code webhook-id}.
     *
     * @throws ProblemException 409 {@code webhook_disabled}
     */
    public Delivery replay(UUID tenant, UUID webhook, UUID id) {
        return transactions.change(Scope.tenant(tenant), () -> {
            requireEnabled(tenant, webhook);
            var before = log.find(tenant, webhook, id).orElseThrow(WebhookProblem::unknownDelivery);
            var about = before.about();
            var body = about.sequence() == 0 ? bodies.test(about) : null;
            return send(tenant, webhook, UuidCreator.getTimeOrderedEpoch(), about, body);
        });
    }

    /**
     * Which events.
     *
     * @param fromSequence the first
     * @param toSequence the last
     * @param from none before this
     * @param to none after this
     */
    public record Range(
            long fromSequence,
            long toSequence,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /**
     * How many messages are sent again.
     *
     * @param lastSequence of the last of them; null where there is none
     */
    public record Replayed(int count, @Nullable Long lastSequence) {}

    /**
     * Sends messages about events of a range once more, {@value #MOST} at most: of those that are kept and that the webhook is told of.
     *
     * @throws ProblemException 409 {@code webhook_disabled}
     */
    public Replayed replay(UUID tenant, UUID webhook, Range range) {
        return transactions.change(Scope.tenant(tenant), () -> {
            requireEnabled(tenant, webhook);
            var abouts = rows.events(tenant, webhook, range, MOST);
            send(tenant, webhook, abouts, null);
            return new Replayed(
                    abouts.size(), abouts.isEmpty() ? null : abouts.getLast().sequence());
        });
    }

    /**
     * Events of all tenants that a webhook of the platform may be told of once more.
     *
     * @param abouts in the order of the feed
     * @param last when the latest of them was; null where there is none
     */
    public record Occurred(
            List<Delivery.About> abouts, @Nullable Instant last) {}

    /**
     * The earliest {@value #MOST} events of a time of which a webhook of the platform is told by its types. They are of every tenant,
     * and so they are looked for before the transaction that sends them.
     *
     * @throws ProblemException 404 {@code unknown_webhook}
     */
    public Occurred occurred(UUID webhook, Instant from, @Nullable Instant to) {
        transactions.read(Scope.platformRows(), () -> require(Scope.NIL, webhook));
        var events = transactions.read(Scope.platform(), () -> rows.events(webhook, from, to, MOST));
        return new Occurred(
                events.stream()
                        .sorted(Comparator.comparing(DeliveryRows.Occurred::position))
                        .map(DeliveryRows.Occurred::about)
                        .toList(),
                events.isEmpty() ? null : events.getLast().at());
    }

    /**
     * Sends messages about these events to a webhook of the platform once more.
     *
     * @throws ProblemException 409 {@code webhook_disabled}
     */
    public void replay(UUID webhook, Occurred occurred) {
        transactions.change(Scope.platformRows(), () -> {
            requireEnabled(Scope.NIL, webhook);
            send(Scope.NIL, webhook, occurred.abouts, feed.give(occurred.abouts.size()));
            return null;
        });
    }

    private void send(UUID tenant, UUID webhook, List<Delivery.About> abouts, @Nullable Long places) {
        rows.insertAll(tenant, webhook, abouts, places);
        if (!abouts.isEmpty()) {
            wakes.schedule(tenant, List.of(webhook));
        }
    }

    /** A test goes before all that waits; what is repeated to a webhook of the platform goes after it. */
    private Delivery send(UUID tenant, UUID webhook, UUID id, Delivery.About about, @Nullable String body) {
        rows.insert(
                tenant, webhook, id, about, body, tenant.equals(Scope.NIL) && body == null ? feed.give(1) + 1 : null);
        wakes.schedule(tenant, List.of(webhook));
        return log.find(tenant, webhook, id).orElseThrow();
    }

    private Webhook require(UUID tenant, UUID webhook) {
        return webhooks.find(tenant, webhook).orElseThrow(WebhookProblem::unknown);
    }

    private void requireEnabled(UUID tenant, UUID webhook) {
        if (!require(tenant, webhook).terms().enabled()) {
            throw WebhookProblem.disabled();
        }
    }
}
