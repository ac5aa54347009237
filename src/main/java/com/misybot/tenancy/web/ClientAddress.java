package com.misybot.tenancy.web;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Where a request comes from: the address of the socket, and where {@code tenancy.web.trusted-proxies} names that, the
 * nearest address in {@code X-Forwarded-For} that is not a trusted proxy itself.
 */
public final class ClientAddress {

    private static final String ATTRIBUTE = ClientAddress.class.getName();

    private ClientAddress() {}

    /** The address, without a port, IPv6 without brackets or zone. */
    public static String of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String address ? address : request.getRemoteAddr();
    }

    /** Says where a request comes from. */
    public static void keep(HttpServletRequest request, String address) {
        request.setAttribute(ATTRIBUTE, address);
    }
}
