package com.misybot.tenancy.operation.job;

import com.misybot.tenancy.kernel.Scope;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.scheduling.support.CronExpression;

/** The one row that each recurring job keeps among the jobs of the platform. */
final class Recurring {

    static final JobId ID = new JobId(Scope.NIL, Scope.NIL);

    /**
     * Adds the row at the first start of all. A later start brings a run forward where the job has come to recur more often,
     * and never puts one off: else a service that is restarted often enough would never run it.
     */
    static final String ENROL = """
            insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
            values (?, ?, ?, false, 1)
            on conflict (task_name, task_instance) do update
            set execution_time = excluded.execution_time, version = scheduled_tasks.version + 1
            where not scheduled_tasks.picked and scheduled_tasks.execution_time > excluded.execution_time
            """;

    private Recurring() {}

    static Instant next(RecurringJob job, Instant now) {
        return switch (job.recurrence()) {
            case RecurringJob.Every every -> now.plus(every.delay());
            case RecurringJob.Cron cron -> {
                var next = CronExpression.parse(cron.expression()).next(now.atZone(ZoneOffset.UTC));
                if (next == null) {
                    throw new IllegalStateException("The recurring job " + job.name() + " is never due");
                }
                yield next.toInstant();
            }
        };
    }
}
