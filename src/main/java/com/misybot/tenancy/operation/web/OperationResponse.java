package com.misybot.tenancy.operation.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.operation.Failure;
import com.misybot.tenancy.operation.Operation;
import com.misybot.tenancy.operation.OperationStatus;
import com.misybot.tenancy.operation.Progress;
import com.misybot.tenancy.operation.Step;
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
@JsonInclude(JsonInclude.Include.NON_NULL)
record OperationResponse(
        UUID id,
        String kind,
        @Nullable String tenantId,
        OperationStatus status,
        ProgressResponse progress,
        List<StepResponse> steps,
        @Nullable Failure error,
        @Nullable JsonNode result,
        Instant createdAt,
        String createdBy,
        @Nullable Instant startedAt,
        @Nullable Instant cancelRequestedAt,
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
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProgressResponse(long done, @Nullable Long total) {
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
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StepResponse(
            String name,
            Step.Status status,
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
