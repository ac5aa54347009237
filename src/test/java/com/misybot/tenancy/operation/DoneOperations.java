package com.misybot.tenancy.operation;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operations that have ended before anybody looks. */
record DoneOperations(OperationStore store, OperationJson json) {

    /** Writes one in the current transaction. */
    Operation insert(OperationOrder order, @Nullable Object result) {
        var now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS);
        var operation = new Operation(
                UuidCreator.getTimeOrderedEpoch(),
                order.owner(),
                order.kind(),
                order.tenantId(),
                false,
                order.createdBy().toString(),
                now,
                new Operation.State(
                        OperationStatus.SUCCEEDED,
                        Progress.NONE,
                        List.of(),
                        json.tree(result),
                        null,
                        now,
                        null,
                        now,
                        0,
                        Operation.FIRST_VERSION));
        store.insert(operation, null);
        return operation;
    }
}
