package com.misybot.tenancy.tenant;

import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.JobType;
import com.misybot.tenancy.operation.job.Jobs;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What time alone brings to a tenant: the end of its {@code activeUntil} and the end of a suspension. Every change leaves its
 * own jobs; a job whose deadline no longer holds finds nothing to do.
 */
@Component
class Deadlines {

    static final JobType<JobType.NoData> DEADLINE = JobType.named("tenant.deadline");

    private final Jobs jobs;

    Deadlines(Jobs jobs) {
        this.jobs = jobs;
    }

    /** Schedules the next deadline of a tenant as it now is, in the transaction of the change that made it so. */
    void schedule(Tenant tenant, UUID change) {
        var due = switch (tenant.standing().status()) {
            case ACTIVE -> tenant.profile().activeUntil();
            case SUSPENDED -> tenant.standing().until();
            default -> null;
        };
        if (due != null) {
            jobs.schedule(DEADLINE, new JobId(tenant.id(), change), due);
        }
    }
}
