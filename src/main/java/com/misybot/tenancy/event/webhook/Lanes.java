package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.event.webhook.DeliveryQueue.Due;
import com.misybot.tenancy.event.webhook.DeliveryQueue.Lane;
import com.misybot.tenancy.event.webhook.Sending.Attempted;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.outbound.OutboundUrl;
import com.misybot.tenancy.outbound.SigningSecret;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the lanes of a run read and write: messages that are due, and what came of them. */
@Component
class Lanes {

    /** Messages that are claimed at once. */
    private static final int BATCH = 100;

    private static final int FORGET_AT_ONCE = 1_000;

    private final ScopedTransactions transactions;
    private final DeliveryQueue queue;
    private final DeliveryLog log;
    private final WebhookSecrets secrets;
    private final EventBodies bodies;
    private final Sending sending;
    private final Health health;
    private final WebhookSettings settings;

    Lanes(
            ScopedTransactions transactions,
            DeliveryQueue queue,
            DeliveryLog log,
            WebhookSecrets secrets,
            EventBodies bodies,
            Sending sending,
            Health health,
            WebhookSettings settings) {
        this.transactions = transactions;
        this.queue = queue;
        this.log = log;
        this.secrets = secrets;
        this.bodies = bodies;
        this.sending = sending;
        this.health = health;
        this.settings = settings;
    }

    /** What is sent to whom, and with what it is signed. */
    record Batch(OutboundUrl url, List<SigningSecret> secrets, List<Due> due, Map<UUID, byte[]> bodies) {}

    /** Messages under way at once in a lane. */
    int width(Lane lane) {
        return lane == Lane.FIRST ? settings.perEndpoint() : settings.repeatedPerEndpoint();
    }

    /** The next messages of a lane beside those under way; null where there are none, or the webhook rests or is disabled. */
    @Nullable
    Batch next(JobRun run, Lane lane, Collection<UUID> underway) {
        var tenant = run.scope().tenant();
        var id = run.id().change();
        var claimed = transactions.read(run.scope(), () -> queue.due(tenant, id, lane, underway, BATCH));
        return claimed == null
                ? null
                : new Batch(
                        claimed.url(),
                        secrets.open(tenant, id, claimed.secrets()),
                        claimed.due(),
                        bodies.of(tenant, claimed.due()));
    }

    /**
     * Makes an attempt and waits for its answer.
     *
     * @param left run once it was handed to the network
     */
    Attempted send(Batch batch, Due due, Runnable left) {
        var body = batch.bodies.get(due.id());
        return body == null ? Sending.forgotten(due) : sending.send(batch.url, batch.secrets, due, body, left);
    }

    /**
     * Writes down what came of attempts, under the tenant's lock and where the job is still this run's.
     *
     * @param silent whether nobody has answered since the first of them was made
     * @param forget whether to remove what the log need not keep any more
     */
    void record(JobRun run, List<Attempted> attempted, boolean silent, boolean forget) {
        var tenant = run.scope().tenant();
        var id = run.id().change();
        transactions.change(run.scope(), () -> {
            run.confirm();
            queue.record(tenant, id, attempted.stream().map(Attempted::outcome).toList());
            health.tell(tenant, id, attempted, silent);
            if (forget) {
                log.forget(tenant, id, settings.keep(), FORGET_AT_ONCE);
            }
            return null;
        });
    }
}
