package com.misybot.tenancy.embedded;

/** An embedded engine does not start, or does not stop. The message says which, why, and what to do. */
final class EngineException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    EngineException(String message) {
        super(message);
    }

    EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
