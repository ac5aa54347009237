package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.operation.job.JobHandler;
import com.misybot.tenancy.operation.job.JobPostponed;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.JobType;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * Sends what is due to one webhook: the one job of it, whose id names the webhook. What is sent for the first time and what is
 * repeated have a lane each, so that neither waits for the other. So many webhooks are sent to at once in an instance, and the others
 * wait outside of its threads.
 */
@Component
class DeliverWebhook implements JobHandler<JobType.NoData> {

    static final JobType<JobType.NoData> TYPE = JobType.named("event.deliver-webhook");

    /** How long a webhook waits that finds all places taken, before it asks again. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Lanes lanes;
    private final Wakes wakes;
    private final Semaphore places;

    DeliverWebhook(Lanes lanes, Wakes wakes, WebhookSettings settings) {
        this.lanes = lanes;
        this.wakes = wakes;
        this.places = new Semaphore(settings.endpoints());
    }

    @Override
    public JobType<JobType.NoData> type() {
        return TYPE;
    }

    /** Jobs of all kinds share the instance's threads: endpoints that hang must not have all of them. */
    @Override
    public void run(JobRun run, JobType.NoData nothing) throws Exception {
        if (!places.tryAcquire()) {
            throw new JobPostponed(AGAIN, "as many webhooks as may be are being sent to");
        }
        try {
            drain(run);
        } finally {
            places.release();
        }
    }

    private void drain(JobRun run) throws Exception {
        var lull = new Lull();
        wakes.begin(run.id(), lull);
        try {
            new Drain(lanes, run, lull).all();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            wakes.end(run.id(), lull);
        }
    }
}
