package com.misybot.tenancy.security.jwt;

import org.jspecify.annotations.Nullable;

/** The issuer's keys cannot be had at the moment, so that nothing can be said about its tokens. */
public final class IssuerUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IssuerUnavailableException(@Nullable Throwable cause) {
        super("The keys of the configured issuer cannot be read", cause);
    }
}
