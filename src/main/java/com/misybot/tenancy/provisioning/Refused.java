package com.misybot.tenancy.provisioning;

import com.misybot.tenancy.lifecycle.ProvisioningStep;
import com.misybot.tenancy.lifecycle.ProvisioningStep.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A step has not been done; undoes the transaction in which it was to be done. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ProvisioningStep step;
    private final transient Outcome outcome;

    Refused(ProvisioningStep step, Outcome outcome, @Nullable Throwable cause) {
        super(step.name(), cause, false, false);
        this.step = step;
        this.outcome = outcome;
    }

    ProvisioningStep step() {
        return step;
    }

    Outcome outcome() {
        return outcome;
    }

    String reason() {
        return switch (outcome) {
            case Outcome.Completed _ -> "";
            case Outcome.Retry retry -> retry.reason();
            case Outcome.Failed failed -> failed.reason();
        };
    }

    /** What the step itself wants to wait. */
    Duration least() {
        return outcome instanceof Outcome.Retry retry ? retry.after() : Duration.ZERO;
    }
}
