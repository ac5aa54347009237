package com.misybot.tenancy.embedded;

import org.springframework.boot.ExitCodeGenerator;

/** The one store that is required is not configured, and there is no engine to take its place. */
final class MissingStoreException extends IllegalStateException implements ExitCodeGenerator {

    private static final long serialVersionUID = 1L;

    MissingStoreException(String message) {
        super(message);
    }

    /** 78, {@code EX_CONFIG} of {@code sysexits.h}. */
    @Override
    public int getExitCode() {
        return 78;
    }
}
