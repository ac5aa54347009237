package com.misybot.tenancy.event.webhook;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.Jobs;
import com.misybot.tenancy.web.ProblemException;
import java.time.Instant;
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
    private final EventBodies bodies;
    private final ScopedTransactions transactions;
    private final Jobs jobs;

    Deliveries(
            WebhookRows webhooks, DeliveryRows rows, EventBodies bodies, ScopedTransactions transactions, Jobs jobs) {
        this.webhooks = webhooks;
        this.rows = rows;
        this.bodies = bodies;
        this.transactions = transactions;
        this.jobs = jobs;
    }

    /**
     * One message.
     *
     * @throws ProblemException 404 {@code unknown_webhook}, {@code unknown_delivery}
     */
    public Delivery find(UUID tenant, UUID webhook, UUID id) {
        return transactions.read(Scope.tenant(tenant), () -> {
            require(tenant, webhook);
            return rows.find(tenant, webhook, id).orElseThrow(WebhookProblem::unknownDelivery);
        });
    }

    /** A part of the log, the latest first. */
    public List<Delivery> list(
            UUID tenant, UUID webhook, Delivery.@Nullable State state, @Nullable UUID before, int limit) {
        return transactions.read(Scope.tenant(tenant), () -> {
            require(tenant, webhook);
            return rows.list(tenant, webhook, state, before, limit);
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
            var before = rows.find(tenant, webhook, id).orElseThrow(WebhookProblem::unknownDelivery);
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
            rows.insertAll(tenant, webhook, abouts);
            if (!abouts.isEmpty()) {
                jobs.schedule(DeliverWebhook.TYPE, new JobId(tenant, webhook));
            }
            return new Replayed(
                    abouts.size(), abouts.isEmpty() ? null : abouts.getLast().sequence());
        });
    }

    private Delivery send(UUID tenant, UUID webhook, UUID id, Delivery.About about, @Nullable String body) {
        rows.insert(tenant, webhook, id, about, body);
        jobs.schedule(DeliverWebhook.TYPE, new JobId(tenant, webhook));
        return rows.find(tenant, webhook, id).orElseThrow();
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
