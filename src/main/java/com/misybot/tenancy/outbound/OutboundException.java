package com.misybot.tenancy.outbound;

import com.misybot.tenancy.kernel.InvalidConfigurationException;

/** What may be called is set up in a way that this service does not start with. */
final class OutboundException extends InvalidConfigurationException {

    private static final long serialVersionUID = 1L;

    OutboundException(String message) {
        super(message);
    }
}
