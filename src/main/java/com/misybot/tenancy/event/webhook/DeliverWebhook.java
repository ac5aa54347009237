package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobHandler;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.JobType;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;

/**
 * Sends what is due to one webhook: the one job of it, whose id names the webhook. What is sent for the first time and what is
 * repeated have a lane each, so that neither waits for the other.
 */
@Component
class DeliverWebhook implements JobHandler<JobType.NoData> {

    static final JobType<JobType.NoData> TYPE = JobType.named("event.deliver-webhook");

    private static final int FORGET_AT_ONCE = 1_000;

    private final ScopedTransactions transactions;
    private final DeliveryRows deliveries;
    private final WebhookSettings settings;
    private final Lanes lanes;

    DeliverWebhook(ScopedTransactions transactions, DeliveryRows deliveries, WebhookSettings settings, Lanes lanes) {
        this.transactions = transactions;
        this.deliveries = deliveries;
        this.settings = settings;
        this.lanes = lanes;
    }

    @Override
    public JobType<JobType.NoData> type() {
        return TYPE;
    }

    @Override
    public void run(JobRun run, JobType.NoData nothing) throws Exception {
        try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = both.submit(() -> lanes.drain(run, DeliveryRows.Lane.FIRST, settings.perEndpoint()));
            var again = both.submit(() -> lanes.drain(run, DeliveryRows.Lane.AGAIN, settings.repeatedPerEndpoint()));
            first.get();
            again.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        transactions.change(run.scope(), () -> {
            deliveries.forget(run.scope().tenant(), run.id().change(), settings.keep(), FORGET_AT_ONCE);
            return null;
        });
    }
}
