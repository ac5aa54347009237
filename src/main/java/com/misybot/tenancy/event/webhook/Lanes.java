package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.event.webhook.DeliveryRows.Due;
import com.misybot.tenancy.event.webhook.DeliveryRows.Lane;
import com.misybot.tenancy.event.webhook.Sending.Attempted;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.outbound.OutboundUrl;
import com.misybot.tenancy.outbound.SigningSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sends in batches what is due in one lane of a webhook. Messages leave one after the other, in the order of the batch, and wait for
 * their answers together. Where nobody answers, the rest of the batch stays as it is, and the webhook rests.
 */
@Component
class Lanes {

    private static final int BATCH = 100;
    private static final int SILENT_AT_MOST = 3;

    private final ScopedTransactions transactions;
    private final WebhookRows webhooks;
    private final DeliveryRows deliveries;
    private final WebhookSecrets secrets;
    private final EventBodies bodies;
    private final Sending sending;
    private final Health health;

    Lanes(
            ScopedTransactions transactions,
            WebhookRows webhooks,
            DeliveryRows deliveries,
            WebhookSecrets secrets,
            EventBodies bodies,
            Sending sending,
            Health health) {
        this.transactions = transactions;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.secrets = secrets;
        this.bodies = bodies;
        this.sending = sending;
        this.health = health;
    }

    /** What is sent to whom, and with what it is signed. */
    private record Batch(OutboundUrl url, List<SigningSecret> secrets, List<Due> due, Map<UUID, byte[]> bodies) {}

    /**
     * Sends until nothing is due, or the webhook rests or is disabled.
     *
     * @param width messages under way at once
     */
    @Nullable
    Void drain(JobRun run, Lane lane, int width) throws InterruptedException, ExecutionException {
        while (true) {
            run.checkpoint();
            var batch = next(run, lane);
            if (batch == null) {
                return null;
            }
            var attempted = sent(batch, width);
            transactions.change(run.scope(), () -> {
                run.confirm();
                deliveries.record(
                        run.scope().tenant(),
                        run.id().change(),
                        attempted.stream().map(Attempted::outcome).toList());
                health.tell(run.scope().tenant(), run.id().change(), attempted);
                return null;
            });
        }
    }

    private @Nullable Batch next(JobRun run, Lane lane) {
        var tenant = run.scope().tenant();
        var id = run.id().change();
        return transactions.read(run.scope(), () -> {
            var due = webhooks.awake(tenant, id) ? deliveries.due(tenant, id, lane, BATCH) : List.<Due>of();
            if (due.isEmpty()) {
                return null;
            }
            return new Batch(
                    webhooks.find(tenant, id).orElseThrow().terms().url(),
                    secrets.open(tenant, id, webhooks.secrets(tenant, id).orElseThrow()),
                    due,
                    bodies.of(tenant, due));
        });
    }

    private List<Attempted> sent(Batch batch, int width) throws InterruptedException, ExecutionException {
        var attempts = new ArrayList<Future<Attempted>>();
        var places = new Semaphore(width);
        var silent = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var due : batch.due) {
                places.acquire();
                if (silent.get() >= SILENT_AT_MOST) {
                    break;
                }
                var left = new CountDownLatch(1);
                attempts.add(threads.submit(() -> {
                    try {
                        var attempted = one(batch, due, left);
                        silent.updateAndGet(before -> attempted.answered() ? 0 : before + 1);
                        return attempted;
                    } finally {
                        left.countDown();
                        places.release();
                    }
                }));
                left.await();
            }
        }
        var attempted = new ArrayList<Attempted>();
        for (var attempt : attempts) {
            attempted.add(attempt.get());
        }
        return attempted;
    }

    private Attempted one(Batch batch, Due due, CountDownLatch left) {
        var body = batch.bodies.get(due.id());
        return body == null
                ? Sending.forgotten(due)
                : sending.send(batch.url, batch.secrets, due, body, left::countDown);
    }
}
