package com.misybot.tenancy.provisioning;

/** How far a run of provisioning is. */
public enum RunState {
    /** Nobody has begun it. */
    PENDING,
    /** Steps are being done, or are waited for. */
    RUNNING,
    /** Steps are being undone. */
    COMPENSATING,
    /** All is set up, and the tenant is active. */
    SUCCEEDED,
    /** What was set up is undone, and the tenant is {@code PROVISIONING_FAILED}. */
    FAILED;

    /** Whether it stays as it is. */
    public boolean hasEnded() {
        return switch (this) {
            case PENDING, RUNNING, COMPENSATING -> false;
            case SUCCEEDED, FAILED -> true;
        };
    }
}
