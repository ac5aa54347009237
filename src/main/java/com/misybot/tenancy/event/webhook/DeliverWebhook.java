package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.operation.job.JobHandler;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.JobType;
import java.util.concurrent.ExecutionException;
import org.springframework.stereotype.Component;

/**
 * Sends what is due to one webhook: the one job of it, whose id names the webhook. What is sent for the first time and what is
 * repeated have a lane each, so that neither waits for the other.
 */
@Component
class DeliverWebhook implements JobHandler<JobType.NoData> {

    static final JobType<JobType.NoData> TYPE = JobType.named("event.deliver-webhook");

    private final Lanes lanes;
    private final Wakes wakes;

    DeliverWebhook(Lanes lanes, Wakes wakes) {
        this.lanes = lanes;
        this.wakes = wakes;
    }

    @Override
    public JobType<JobType.NoData> type() {
        return TYPE;
    }

    @Override
    public void run(JobRun run, JobType.NoData nothing) throws Exception {
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
