package com.misybot.tenancy.keyring;

import com.misybot.tenancy.kernel.InvalidConfigurationException;

/** The root secret is missing, unusable, or not the one the data was written under. The service does not start. */
public final class RootSecretException extends InvalidConfigurationException {

    private static final long serialVersionUID = 1L;

    RootSecretException(String message) {
        super(message);
    }
}
