package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.Jobs;
import com.misybot.tenancy.operation.job.RecurringJob;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Looks for webhooks to which something is due and that have no job: what is sent again, what came while a job was ending, and
 * those that have rested. A change wakes its webhooks itself, so nothing waits for this that is sent for the first time.
 */
@Component
class DueWebhooks implements RecurringJob {

    /** One probe of an index for each webhook, however long its list is. */
    private static final String DUE = """
            select w.tenant, w.id from webhook w
            where w.enabled and (w.rests_until is null or w.rests_until <= now())
                and (exists (select from webhook_delivery d
                        where d.tenant = w.tenant and d.webhook = w.id and d.state = 'PENDING' and d.attempt = 0)
                    or exists (select from webhook_delivery d
                        where d.tenant = w.tenant and d.webhook = w.id and d.state = 'PENDING' and d.attempt > 0
                            and d.next_at <= now()))
                and not exists (select from scheduled_tasks s
                    where s.task_name = ? and s.task_instance = w.tenant || ':' || w.id)
            limit 1000
            """;

    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;
    private final Jobs jobs;
    private final WebhookSettings settings;

    DueWebhooks(ScopedTransactions transactions, JdbcClient jdbc, Jobs jobs, WebhookSettings settings) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.jobs = jobs;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "event.due-webhooks";
    }

    @Override
    public Recurrence recurrence() {
        return Recurrence.every(settings.lookEvery());
    }

    @Override
    public void run(JobRun run) {
        transactions.change(Scope.platform(), () -> {
            var due = jdbc.sql(DUE)
                    .param(DeliverWebhook.TYPE.name())
                    .query((row, _) -> new JobId(row.getObject("tenant", UUID.class), row.getObject("id", UUID.class)))
                    .list();
            due.forEach(id -> jobs.schedule(DeliverWebhook.TYPE, id));
            return null;
        });
    }
}
