package com.misybot.tenancy.outbound;

import java.net.InetAddress;
import java.util.List;

/** Which addresses the service connects to on behalf of a tenant: the public ones, and those its configuration opens. */
final class AddressRules {

    private static final int HTTPS = 443;
    private static final int FIRST_FREE_PORT = 1_024;

    private final List<AllowedTarget> opened;

    AddressRules(List<AllowedTarget> opened) {
        this.opened = List.copyOf(opened);
    }

    /** Whether a connection may go there. */
    boolean allow(InetAddress address, int port) {
        return opens(address, port) || (DeniedRange.of(address).isEmpty() && isPublicPort(port));
    }

    /** Whether the configuration opens this address, public or not; without encryption nothing else is called. */
    boolean opens(InetAddress address, int port) {
        return opened.stream().anyMatch(target -> target.opens(address, port));
    }

    /** Whether any address could be called at this port; without encryption where {@code secure} is false. */
    boolean allowPort(int port, boolean secure) {
        return (secure && isPublicPort(port)) || opened.stream().anyMatch(target -> target.opensPort(port));
    }

    /** Ports below 1024 belong to other protocols. */
    private static boolean isPublicPort(int port) {
        return port == HTTPS || port >= FIRST_FREE_PORT;
    }
}
