package com.misybot.tenancy.audit.schedule;

import com.misybot.tenancy.audit.Checkpoints;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.RecurringJob;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Signs the head of every trail that has new entries, each in a transaction of its tenant. */
@Component
class HourlyCheckpoints implements RecurringJob {

    private static final int BATCH = 1_000;

    private static final Cause HOURLY = Cause.of(Actor.system("audit.checkpoints"));

    private final Checkpoints checkpoints;

    HourlyCheckpoints(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
    }

    @Override
    public String name() {
        return "audit.checkpoints";
    }

    @Override
    public Recurrence recurrence() {
        return Recurrence.every(Duration.ofHours(1));
    }

    @Override
    public void run(JobRun run) {
        checkpoints.take(Scope.NIL, HOURLY);
        var last = Scope.NIL;
        while (true) {
            var batch = checkpoints.trails(last, BATCH);
            if (batch.isEmpty()) {
                return;
            }
            for (var trail : batch) {
                run.checkpoint();
                if (trail.hasNews()) {
                    checkpoints.take(trail.tenant(), HOURLY);
                }
                last = trail.tenant();
            }
        }
    }
}
