package com.misybot.tenancy.security.access;

import com.google.common.net.InetAddresses;
import com.misybot.tenancy.kernel.InvalidValue;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A range of addresses in CIDR notation (RFC 4632, RFC 4291), such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}. An address
 * without a prefix length means itself. Nothing is resolved.
 */
public final class Network {

    private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final Pattern LENGTH = Pattern.compile("0|[1-9]\\d{0,2}");

    private final byte[] first;
    private final int length;
    private final String text;

    private Network(InetAddress address, int length) {
        this.first = address.getAddress();
        this.length = length;
        this.text = InetAddresses.toAddrString(address) + "/" + length;
    }

    /** Reads a range; anything else is refused with {@link InvalidValue}, code {@code format}. */
    public static Network parse(String text) {
        var slash = text.indexOf('/');
        var literal = slash < 0 ? text : text.substring(0, slash);
        if (!IPV4.matcher(literal).matches() && !IPV6.matcher(literal).matches()) {
            throw invalid();
        }
        try {
            var address = InetAddress.ofLiteral(literal);
            var bits = address.getAddress().length * Byte.SIZE;
            var network = new Network(address, slash < 0 ? bits : length(text.substring(slash + 1), bits));
            if (!network.beginsOnItsBoundary()) {
                throw new InvalidValue(
                        "format", "A network has no bits set beyond its prefix length: write 10.0.0.0/8.");
            }
            return network;
        } catch (IllegalArgumentException e) {
            throw e instanceof InvalidValue invalid ? invalid : invalid();
        }
    }

    private static int length(String digits, int bits) {
        if (!LENGTH.matcher(digits).matches() || Integer.parseInt(digits) > bits) {
            throw invalid();
        }
        return Integer.parseInt(digits);
    }

    private static InvalidValue invalid() {
        return new InvalidValue(
                "format",
                "A network is an IPv4 or IPv6 address, or a range of them such as 10.0.0.0/8 or 2001:db8::/32.");
    }

    private boolean beginsOnItsBoundary() {
        for (var bit = length; bit < first.length * Byte.SIZE; bit++) {
            if ((first[bit / Byte.SIZE] & (0x80 >>> bit % Byte.SIZE)) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether an address lies in this range. IPv4 addresses mapped into IPv6 count as IPv4. */
    public boolean contains(InetAddress address) {
        return matches(address.getAddress());
    }

    /** Whether every address of another range lies in this one. */
    public boolean covers(Network other) {
        return other.length >= length && matches(other.first);
    }

    private boolean matches(byte[] address) {
        if (address.length != first.length) {
            return false;
        }
        var whole = length / Byte.SIZE;
        var rest = length % Byte.SIZE;
        return Arrays.equals(address, 0, whole, first, 0, whole)
                && (rest == 0 || ((address[whole] ^ first[whole]) & 0xff & (0xff00 >>> rest)) == 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network network && text.equals(network.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The canonical text, always with a prefix length. */
    @Override
    public String toString() {
        return text;
    }
}
