package com.misybot.tenancy.outbound;

import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * One entry of {@code tenancy.outbound.allow}: {@code 10.20.0.0/16:8443}, {@code [fd00:1::/64]:8443}, or every port of a range,
 * {@code 127.0.0.0/8}.
 */
record AllowedTarget(AddressRange range, int port) {

    private static final int EVERY_PORT = 0;
    private static final int MOST_PORT = 65_535;
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+/[0-9]+)]|([0-9.]+/[0-9]+))(?::([1-9][0-9]{0,4}))?");
    private static final Pattern BARE_IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*/[0-9]+");

    static AllowedTarget parse(String text) {
        if (BARE_IPV6.matcher(text).matches()) {
            return new AllowedTarget(AddressRange.parse(text), EVERY_PORT);
        }
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not CIDR with or without a port: " + text);
        }
        var port = parts.group(3) == null ? EVERY_PORT : Integer.parseInt(parts.group(3));
        if (port > MOST_PORT) {
            throw new IllegalArgumentException("Not a port: " + text);
        }
        return new AllowedTarget(AddressRange.parse(parts.group(1) == null ? parts.group(2) : parts.group(1)), port);
    }

    boolean opensPort(int asked) {
        return port == EVERY_PORT || port == asked;
    }

    boolean opens(InetAddress address, int asked) {
        return opensPort(asked) && range.contains(address);
    }
}
