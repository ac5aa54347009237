package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.Jobs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Has a webhook's messages sent: by a job, written in the transaction of the messages. Where the webhook has its job already, the run
 * of it in this process is told after the commit; where that is just ending, another job is written a moment later. Neither is relied
 * on: what everybody missed {@link DueWebhooks} finds.
 */
@Component
class Wakes {

    private static final Logger LOG = LoggerFactory.getLogger(Wakes.class);

    /** How long the row of a job stays after its run has ended, at most in good health. */
    private static final Duration ENDING = Duration.ofMillis(100);

    private final Jobs jobs;
    private final ScopedTransactions transactions;
    private final ConcurrentHashMap<JobId, Lull> runs = new ConcurrentHashMap<>();
    private final Set<JobId> late = ConcurrentHashMap.newKeySet();

    Wakes(Jobs jobs, ScopedTransactions transactions) {
        this.jobs = jobs;
        this.transactions = transactions;
    }

    /** Has messages sent that this transaction writes, in the scope of {@code tenant}. */
    void schedule(UUID tenant, Collection<UUID> webhooks) {
        List<JobId> there = new ArrayList<>();
        for (var webhook : webhooks) {
            var id = new JobId(tenant, webhook);
            if (!jobs.schedule(DeliverWebhook.TYPE, id)) {
                there.add(id);
            }
        }
        if (!there.isEmpty()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    there.forEach(Wakes.this::tell);
                }
            });
        }
    }

    /** Says that a run is there to be told. */
    void begin(JobId id, Lull lull) {
        runs.put(id, lull);
    }

    void end(JobId id, Lull lull) {
        runs.remove(id, lull);
    }

    private void tell(JobId id) {
        var run = runs.get(id);
        if ((run == null || !run.wake()) && late.add(id)) {
            Thread.ofVirtual().name("webhook-late").start(() -> scheduleLate(id));
        }
    }

    private void scheduleLate(JobId id) {
        try {
            Thread.sleep(ENDING);
            late.remove(id);
            transactions.change(Scope.tenant(id.tenant()), () -> jobs.schedule(DeliverWebhook.TYPE, id));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unavailable) {
            LOG.debug("A message waits until somebody looks for it: {}", unavailable.getMessage());
        } finally {
            late.remove(id);
        }
    }
}
