package com.misybot.tenancy.operation;

import com.misybot.tenancy.kernel.EventType;
import com.misybot.tenancy.kernel.EventTypes;
import java.util.List;

/** What is told of operations: what a caller did to them, not how they get on. */
final class OperationEventTypes implements EventTypes {

    private static final String OPERATION = "the id of the operation";

    @Override
    public List<EventType> all() {
        return List.of(
                EventType.of(Operations.CANCEL_REQUESTED, "The run of an operation was asked to stop.", OPERATION),
                EventType.of(Operations.CANCELLED, "An operation was cancelled before it had begun.", OPERATION)
                        .telling("status", OperationStatus.class));
    }
}
