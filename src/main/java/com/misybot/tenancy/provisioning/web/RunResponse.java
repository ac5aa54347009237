package com.misybot.tenancy.provisioning.web;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.provisioning.ProvisioningRun;
import com.misybot.tenancy.provisioning.RunState;
import com.misybot.tenancy.provisioning.RunStep;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run of provisioning as clients see it.
 *
 * @param id of the run
 * @param state how far it is
 * @param reason why it failed
 * @param steps those that have been begun
 * @param createdAt when it was asked for
 * @param createdBy by whom
 * @param startedAt when it was begun
 * @param abortRequestedAt when somebody wanted it to be given up
 * @param abortRequestedBy who
 * @param endedAt when it ended
 */
@Schema(name = "ProvisioningRun", description = "A run that sets a tenant up, and its journal.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunResponse(
        @Schema(
                requiredMode = REQUIRED,
                description = "Of the run, and of the operation that reports on it.",
                example = "01930f0a-6b1e-7c3a-9d2e-4f5a6b7c8d9e")
        UUID id,

        @Schema(requiredMode = REQUIRED) RunState state,

        @Schema(description = "Why it failed, or why it is being undone.", maxLength = 500) @Nullable
        String reason,

        @ArraySchema(maxItems = 100, schema = @Schema(implementation = StepResponse.class))
        List<StepResponse> steps,

        @Schema(requiredMode = REQUIRED, example = "2026-11-23T12:00:00Z")
        Instant createdAt,

        @Schema(requiredMode = REQUIRED, description = "Who asked for it.", example = "operator:anna", maxLength = 300)
        String createdBy,

        @Nullable Instant startedAt,

        @Schema(description = "When somebody wanted it to be given up.") @Nullable
        Instant abortRequestedAt,

        @Schema(description = "Who wanted that.", example = "operator:anna", maxLength = 300) @Nullable
        String abortRequestedBy,

        @Nullable Instant endedAt) {

    static RunResponse from(ProvisioningRun run) {
        var abort = run.abort();
        return new RunResponse(
                run.id(),
                run.state(),
                run.reason(),
                run.steps().stream().map(StepResponse::from).toList(),
                run.createdAt(),
                run.createdBy(),
                run.startedAt(),
                abort == null ? null : abort.at(),
                abort == null ? null : abort.by(),
                run.endedAt());
    }

    /**
     * A step of it.
     *
     * @param name what it is called
     * @param state how far it is
     * @param attempts how often it was tried
     * @param undoAttempts how often it was tried to undo it
     * @param startedAt when the last attempt began
     * @param endedAt when the last attempt ended
     * @param reason why the last attempt came to nothing
     */
    @Schema(name = "ProvisioningStep")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StepResponse(
            @Schema(requiredMode = REQUIRED, example = "namespaces", maxLength = 100)
            String name,

            @Schema(requiredMode = REQUIRED) RunStep.State state,

            @Schema(requiredMode = REQUIRED, description = "How often it was tried.", example = "1", minimum = "0")
            int attempts,

            @Schema(
                    requiredMode = REQUIRED,
                    description = "How often it was tried to undo it.",
                    example = "0",
                    minimum = "0")
            int undoAttempts,

            @Schema(requiredMode = REQUIRED, example = "2026-11-23T12:00:00Z")
            Instant startedAt,

            @Nullable Instant endedAt,

            @Schema(description = "Why the last attempt came to nothing.", maxLength = 500) @Nullable
            String reason) {

        static StepResponse from(RunStep step) {
            return new StepResponse(
                    step.name(),
                    step.state(),
                    step.attempts(),
                    step.undoAttempts(),
                    step.startedAt(),
                    step.endedAt(),
                    step.reason());
        }
    }
}
