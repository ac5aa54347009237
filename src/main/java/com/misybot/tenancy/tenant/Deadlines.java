package com.misybot.tenancy.tenant;

import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.JobType;
import com.misybot.tenancy.operation.job.Jobs;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What time alone brings to a tenant: the end of its {@code activeUntil}, warnings before that, and the end of a suspension. Every change leaves its
 * own jobs; a job whose deadline no longer holds finds nothing to do.
 */
@Component
class Deadlines {

    static final JobType<JobType.NoData> DEADLINE = JobType.named("tenant.deadline");

    static final JobType<JobType.NoData> EXPIRY = JobType.named("tenant.expiry");

    private final Jobs jobs;
    private final TenantSettings settings;

    Deadlines(Jobs jobs, TenantSettings settings) {
        this.jobs = jobs;
        this.settings = settings;
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
        var warning = tenant.nextWarning(settings.expiryWarnings());
        if (warning != null) {
            jobs.schedule(EXPIRY, new JobId(tenant.id(), change), warning.due());
        }
    }

    /** Schedules the next warning of a tenant after one of them; however many jobs come to do that, it is one job. */
    void scheduleWarning(Tenant tenant) {
        var warning = tenant.nextWarning(settings.expiryWarnings());
        if (warning != null) {
            var name = warning.due() + " " + warning.before();
            jobs.schedule(
                    EXPIRY,
                    new JobId(tenant.id(), UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))),
                    warning.due());
        }
    }
}
