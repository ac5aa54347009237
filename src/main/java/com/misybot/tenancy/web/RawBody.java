package com.misybot.tenancy.web;

import jakarta.servlet.ServletRequest;

/** The body of a request, byte for byte, for whoever needs it after it has been read. */
public final class RawBody {

    private static final String ATTRIBUTE = RawBody.class.getName();

    private RawBody() {}

    /** The bytes a handler's body was bound from; none where it took no body. */
    public static byte[] of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof byte[] body ? body : new byte[0];
    }

    /** Keeps what was read. */
    public static void keep(ServletRequest request, byte[] body) {
        request.setAttribute(ATTRIBUTE, body);
    }
}
