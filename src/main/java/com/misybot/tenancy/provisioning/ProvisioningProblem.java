package com.misybot.tenancy.provisioning;

import com.misybot.tenancy.operation.Failure;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemCode;
import com.misybot.tenancy.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What can go wrong while a tenant is set up. */
enum ProvisioningProblem implements ProblemCode {
    PROVISIONING_FAILED(HttpStatus.CONFLICT, "The tenant could not be set up"),
    PROVISIONING_ABORTED(HttpStatus.CONFLICT, "Setting up the tenant was aborted"),
    STEP_UNDONE(HttpStatus.CONFLICT, "The step has not been done"),
    STEP_WAITING(HttpStatus.SERVICE_UNAVAILABLE, "The step cannot be done now and is tried again");

    private final HttpStatus status;
    private final String title;

    ProvisioningProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }

    /** Ends the operation of a run that has failed. */
    static ProblemException failed(ProvisioningRun run) {
        return new ProblemException(
                run.abort() == null ? PROVISIONING_FAILED : PROVISIONING_ABORTED, told(run.reason()));
    }

    /** Why a step has come to nothing, or to nothing yet. */
    static Failure of(RunStep step) {
        var code = step.state() == RunStep.State.WAITING ? STEP_WAITING : STEP_UNDONE;
        return Failure.of(Problem.of(code, told(step.reason())));
    }

    private static String told(@Nullable String reason) {
        return reason == null ? "What the run had done is undone: retry it, or delete the tenant." : reason;
    }
}
