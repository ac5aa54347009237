package com.misybot.tenancy.operation.job;

import java.time.Duration;

/** This run has done what can be done now, and the job is due again later. Not a failure: attempts are counted anew. */
public final class JobPostponed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration wait;

    /** Says how long the job has to wait, and why. */
    public JobPostponed(Duration wait, String message) {
        super(message, null, false, false);
        this.wait = wait;
    }

    /** How long from the end of this run. */
    public Duration after() {
        return wait;
    }
}
