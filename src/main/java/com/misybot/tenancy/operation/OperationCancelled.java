package com.misybot.tenancy.operation;

/** Somebody asked this operation to stop. Let it pass through the handler. */
public final class OperationCancelled extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OperationCancelled() {
        super("The operation was cancelled", null, false, false);
    }
}
