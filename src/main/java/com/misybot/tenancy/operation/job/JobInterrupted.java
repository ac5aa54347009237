package com.misybot.tenancy.operation.job;

/** This run has to end, and another one goes on: the service is stopping, or the job was taken over. Not a failure. */
public final class JobInterrupted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says why. */
    public JobInterrupted(String message) {
        super(message, null, false, false);
    }
}
