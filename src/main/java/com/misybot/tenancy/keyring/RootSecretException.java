package com.misybot.tenancy.keyring;

import org.springframework.boot.ExitCodeGenerator;

/** The root secret is missing, unusable, or not the one the data was written under. The service does not start. */
public final class RootSecretException extends IllegalStateException implements ExitCodeGenerator {

    private static final long serialVersionUID = 1L;

    RootSecretException(String message) {
        super(message);
    }

    /** 78, {@code EX_CONFIG} of {@code sysexits.h}. */
    @Override
    public int getExitCode() {
        return 78;
    }
}
