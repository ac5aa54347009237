package com.misybot.tenancy.isolation.redis;

import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobHandler;
import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.JobType;
import com.misybot.tenancy.operation.job.Jobs;
import com.misybot.tenancy.tenant.TenantChanges;
import java.time.Duration;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Makes the user of a tenant what it has to be after a change, until Redis has it. */
@Component
class UserJob implements JobHandler<JobType.NoData> {

    private static final JobType<JobType.NoData> TYPE = JobType.named("isolation.redis-user");

    /** Who issues or revokes has Redis know at once, and this job sees to it where that failed. */
    private static final Map<String, Duration> WANTED = Map.of(
            NamespaceChanges.ISSUED,
            Duration.ofSeconds(5),
            NamespaceChanges.REVOKED,
            Duration.ofSeconds(5),
            TenantChanges.DELETION_SCHEDULED,
            Duration.ZERO,
            TenantChanges.RESTORED,
            Duration.ZERO);

    private final Jobs jobs;
    private final AdminRedis redis;
    private final RedisUsers users;
    private final RedisIsolationSettings settings;
    private final NamespaceRows rows;
    private final ScopedTransactions transactions;

    UserJob(
            Jobs jobs,
            AdminRedis redis,
            RedisUsers users,
            RedisIsolationSettings settings,
            NamespaceRows rows,
            ScopedTransactions transactions) {
        this.jobs = jobs;
        this.redis = redis;
        this.users = users;
        this.settings = settings;
        this.rows = rows;
        this.transactions = transactions;
    }

    /** In the transaction of the change: what is committed is done, whoever dies. */
    @EventListener
    void on(Change change) {
        var delay = WANTED.get(change.type());
        if (delay != null
                && redis.isConfigured()
                && settings.acl()
                && Scope.current().equals(Scope.tenant(change.tenant()))
                && rows.find(change.tenant()).isPresent()) {
            var due = transactions.now().plus(delay);
            var _ = jobs.schedule(TYPE, new JobId(change.tenant(), change.id()), due);
        }
    }

    @Override
    public JobType<JobType.NoData> type() {
        return TYPE;
    }

    @Override
    public void run(JobRun run, JobType.NoData data) {
        users.bring(run.scope().tenant());
    }
}
