package com.misybot.tenancy.operation.web;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.operation.Failure;
import com.misybot.tenancy.operation.Operation;
import com.misybot.tenancy.operation.OperationStatus;
import com.misybot.tenancy.operation.Progress;
import com.misybot.tenancy.operation.Step;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An operation as clients see it.
 *
 * @param id of the operation
 * @param kind what is done
 * @param tenantId the tenant it is about
 * @param status how far it is
 * @param progress how much is done
 * @param steps its named parts, in order
 * @param error why it failed
 * @param result what came of it
 * @param createdAt when it was asked for
 * @param createdBy by whom
 * @param startedAt when its first run began
 * @param cancelRequestedAt when somebody asked it to stop
 * @param endedAt when it ended
 */
@Schema(name = "Operation", description = "A piece of long work and its report, kept for 30 days after its end.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record OperationResponse(
        @Schema(requiredMode = REQUIRED, example = "01930f0a-6b1e-7c3a-9d2e-4f5a6b7c8d9e")
        UUID id,

        @Schema(requiredMode = REQUIRED, description = "What is done.", example = "tenant.import", maxLength = 100)
        String kind,

        @Schema(
                description = "The tenant it is about, where it is about one.",
                example = "acme-dental",
                pattern = TenantId.PATTERN,
                maxLength = TenantId.MAX_LENGTH)
        @Nullable
        String tenantId,

        @Schema(requiredMode = REQUIRED) OperationStatus status,
        @Schema(requiredMode = REQUIRED) ProgressResponse progress,

        @ArraySchema(maxItems = 1_000, schema = @Schema(implementation = StepResponse.class))
        List<StepResponse> steps,

        @Schema(description = "Why it failed.") @Nullable Failure error,

        @Schema(description = "What came of it; its shape depends on the kind.", example = "{\"created\":17}") @Nullable
        JsonNode result,

        @Schema(requiredMode = REQUIRED, example = "2026-11-23T12:00:00Z")
        Instant createdAt,

        @Schema(requiredMode = REQUIRED, description = "Who asked for it.", example = "operator:anna", maxLength = 300)
        String createdBy,

        @Nullable Instant startedAt,

        @Schema(description = "When somebody asked it to stop.") @Nullable
        Instant cancelRequestedAt,

        @Nullable Instant endedAt) {

    static OperationResponse from(Operation operation) {
        var state = operation.state();
        return new OperationResponse(
                operation.id(),
                operation.kind(),
                text(operation.tenantId()),
                state.status(),
                ProgressResponse.from(state.progress()),
                state.steps().stream().map(StepResponse::from).toList(),
                state.error(),
                state.result(),
                operation.createdAt(),
                operation.createdBy(),
                state.startedAt(),
                state.cancelRequestedAt(),
                state.endedAt());
    }

    private static @Nullable String text(@Nullable TenantId tenantId) {
        return tenantId == null ? null : tenantId.value();
    }

    /**
     * How much is done.
     *
     * @param done how many so far
     * @param total how many there are, where that is known
     */
    @Schema(name = "OperationProgress")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProgressResponse(
            @Schema(requiredMode = REQUIRED, example = "17", minimum = "0")
            long done,

            @Schema(description = "Absent where it is not known.", example = "400", minimum = "0") @Nullable
            Long total) {
        static ProgressResponse from(Progress progress) {
            return new ProgressResponse(progress.done(), progress.total());
        }
    }

    /**
     * A named part.
     *
     * @param name what it is called
     * @param status how far it is
     * @param attempts how often it was begun
     * @param startedAt when it was begun last
     * @param endedAt when it ended last
     * @param error why its last attempt failed
     */
    @Schema(name = "OperationStep")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StepResponse(
            @Schema(requiredMode = REQUIRED, example = "apply", maxLength = 100)
            String name,

            @Schema(requiredMode = REQUIRED) Step.Status status,

            @Schema(requiredMode = REQUIRED, description = "How often it was begun.", example = "1", minimum = "0")
            int attempts,

            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Failure error) {
        static StepResponse from(Step step) {
            return new StepResponse(
                    step.name(), step.status(), step.attempts(), step.startedAt(), step.endedAt(), step.error());
        }
    }
}
