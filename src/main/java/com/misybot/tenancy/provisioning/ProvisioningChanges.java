package com.misybot.tenancy.provisioning;

/** What is told of runs beside the moves of their tenants, as {@link com.misybot.tenancy.kernel.Change#type()} tells it. */
final class ProvisioningChanges {

    /** Somebody wants a run to be given up. The subject is the run. */
    static final String ABORT_REQUESTED = "provisioning.abort_requested";

    private ProvisioningChanges() {}
}
