package com.misybot.tenancy.operation;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/** Who does which kind of work. Looked up late, because a handler may need a service that starts operations. */
final class OperationHandlers {

    private final SingletonSupplier<Map<String, OperationHandler>> byKind;

    OperationHandlers(ObjectProvider<OperationHandler> handlers) {
        this.byKind = SingletonSupplier.of(
                () -> handlers.stream().collect(Collectors.toMap(OperationHandler::kind, Function.identity())));
    }

    OperationHandler of(String kind) {
        var handler = byKind.obtain().get(kind);
        if (handler == null) {
            throw new IllegalArgumentException("Nobody does operations of the kind " + kind);
        }
        return handler;
    }

    Collection<OperationHandler> all() {
        return byKind.obtain().values();
    }
}
