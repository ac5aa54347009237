package com.misybot.tenancy.outbound;

import io.netty.util.NetUtil;
import java.net.InetAddress;

/** Addresses of one family that begin with the same bits, as CIDR writes them: {@code 10.0.0.0/8}, {@code fc00::/7}. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares ranges
record AddressRange(byte[] first, int prefix) {

    /**
     * Reads CIDR.
     *
     * @throws IllegalArgumentException for what is none, and where bits behind the prefix are set
     */
    static AddressRange parse(String cidr) {
        var slash = cidr.indexOf('/');
        var bytes = slash < 0 ? null : NetUtil.createByteArrayFromIpAddressString(cidr.substring(0, slash));
        if (bytes == null) {
            throw new IllegalArgumentException("Not a range of addresses: " + cidr);
        }
        var range = new AddressRange(bytes, prefix(cidr.substring(slash + 1), bytes.length * Byte.SIZE));
        for (var bit = range.prefix; bit < bytes.length * Byte.SIZE; bit++) {
            if (bit(bytes, bit)) {
                throw new IllegalArgumentException("Bits behind the prefix are set: " + cidr);
            }
        }
        return range;
    }

    private static int prefix(String digits, int most) {
        var prefix = digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
        if (prefix < 0 || prefix > most) {
            throw new IllegalArgumentException("Not the length of a prefix: " + digits);
        }
        return prefix;
    }

    boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    boolean contains(byte[] address) {
        if (address.length != first.length) {
            return false;
        }
        for (var bit = 0; bit < prefix; bit++) {
            if (bit(address, bit) != bit(first, bit)) {
                return false;
            }
        }
        return true;
    }

    private static boolean bit(byte[] bytes, int index) {
        return (bytes[index / Byte.SIZE] >> (Byte.SIZE - 1 - index % Byte.SIZE) & 1) == 1;
    }
}
