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

    /**
     * Goes through the lists from webhook to webhook, one probe of an index for each that has something on its list, however long that
     * is; where all is delivered it is two probes in all.
     */
    private static final String DUE = """
            with recursive first (tenant, webhook) as (
                (select tenant, webhook from webhook_delivery where state = 'PENDING' and attempt = 0
                    order by tenant, webhook limit 1)
                union all
                select n.* from first f cross join lateral (
                    select tenant, webhook from webhook_delivery
                    where state = 'PENDING' and attempt = 0 and (tenant, webhook) > (f.tenant, f.webhook)
                    order by tenant, webhook limit 1) n
            ), again (tenant, webhook, next_at) as (
                (select tenant, webhook, next_at from webhook_delivery where state = 'PENDING' and attempt > 0
                    order by tenant, webhook, next_at limit 1)
                union all
                select n.* from again a cross join lateral (
                    select tenant, webhook, next_at from webhook_delivery
                    where state = 'PENDING' and attempt > 0 and (tenant, webhook) > (a.tenant, a.webhook)
                    order by tenant, webhook, next_at limit 1) n
            )
            select w.tenant, w.id
            from (select tenant, webhook from first union select tenant, webhook from again where next_at <= now()) d
            join webhook w on w.tenant = d.tenant and w.id = d.webhook
            where w.enabled and (w.rests_until is null or w.rests_until <= now())
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
