package com.misybot.tenancy.isolation;

import org.springframework.boot.ExitCodeGenerator;

/** The database cannot keep tenants apart as it is set up. The service does not start. */
public final class IsolationException extends IllegalStateException implements ExitCodeGenerator {

    private static final long serialVersionUID = 1L;

    IsolationException(String message) {
        super(message);
    }

    /** 78, {@code EX_CONFIG} of {@code sysexits.h}. */
    @Override
    public int getExitCode() {
        return 78;
    }
}
