package com.misybot.tenancy.web;

import com.misybot.tenancy.kernel.Sender;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Gathers what is kept of a request with what it changes, in one place. */
public final class Senders {

    private static final int IPV4_BYTES = 4;

    /** Bytes of an address that are kept: a /24 of IPv4, a /48 of IPv6. */
    private static final int IPV4_KEPT = 3;

    private static final int IPV6_KEPT = 6;

    private Senders() {}

    /** What is known of this request. */
    public static Sender of(HttpServletRequest request) {
        var caller = Callers.of(request);
        return new Sender(
                caller == null ? null : caller.keyId(), network(ClientAddress.of(request)), Trace.idOf(request));
    }

    /** The network of an address, such as {@code 192.0.2.0/24} or {@code 2001:db8:1:0:0:0:0:0/48}. */
    static String network(String address) {
        var bytes = InetAddress.ofLiteral(address).getAddress();
        var kept = bytes.length == IPV4_BYTES ? IPV4_KEPT : IPV6_KEPT;
        Arrays.fill(bytes, kept, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress() + "/" + kept * Byte.SIZE;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address of 4 or 16 bytes is one", e);
        }
    }
}
