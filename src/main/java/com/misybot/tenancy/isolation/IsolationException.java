package com.misybot.tenancy.isolation;

import com.misybot.tenancy.kernel.InvalidConfigurationException;

/** The database cannot keep tenants apart as it is set up. The service does not start. */
public final class IsolationException extends InvalidConfigurationException {

    private static final long serialVersionUID = 1L;

    IsolationException(String message) {
        super(message);
    }
}
