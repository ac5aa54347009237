package com.misybot.tenancy.outbound;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * Addresses that are nobody's on the public Internet, or that lead to such ones. From the special-purpose registries of IANA for
 * IPv4 and IPv6 (RFC 6890 and its updates); the flags of {@link InetAddress} know half of them.
 */
@SuppressWarnings("ImmutableEnumChecker") // nobody writes to the bytes of a range
enum DeniedRange {
    THIS_NETWORK("0.0.0.0/8"), // RFC 791; the unspecified address is its first
    PRIVATE_10("10.0.0.0/8"), // RFC 1918
    CARRIER_NAT("100.64.0.0/10"), // RFC 6598
    LOOPBACK("127.0.0.0/8"), // RFC 1122
    LINK_LOCAL("169.254.0.0/16"), // RFC 3927; where clouds tell machines their credentials
    AZURE_HOST("168.63.129.16/32"), // public by its number, and every machine's own host there
    PRIVATE_172("172.16.0.0/12"), // RFC 1918
    PROTOCOL_ASSIGNMENTS("192.0.0.0/24"), // RFC 6890
    DOCUMENTATION_1("192.0.2.0/24"), // RFC 5737
    AS112("192.31.196.0/24"), // RFC 7535
    MULTICAST_TUNNEL("192.52.193.0/24"), // RFC 7450
    RELAY_6TO4("192.88.99.0/24"), // RFC 7526
    PRIVATE_192("192.168.0.0/16"), // RFC 1918
    AS112_DIRECT("192.175.48.0/24"), // RFC 7534
    BENCHMARKING("198.18.0.0/15"), // RFC 2544
    DOCUMENTATION_2("198.51.100.0/24"), // RFC 5737
    DOCUMENTATION_3("203.0.113.0/24"), // RFC 5737
    MULTICAST("224.0.0.0/4"), // RFC 5771
    RESERVED_AND_BROADCAST("240.0.0.0/4"), // RFC 1112, RFC 919

    IPV4_COMPATIBLE("::/96"), // RFC 4291; among them the unspecified address and loopback
    IPV4_MAPPED("::ffff:0:0/96"), // RFC 4291
    IPV4_TRANSLATED("::ffff:0:0:0/96"), // RFC 2765
    NAT64("64:ff9b::/96"), // RFC 6052
    NAT64_LOCAL("64:ff9b:1::/48"), // RFC 8215
    DISCARD("100::/64"), // RFC 6666
    DUMMY("100:0:0:1::/64"), // RFC 9780
    TEREDO("2001::/32"), // RFC 4380
    BENCHMARKING_6("2001:2::/48"), // RFC 5180
    ORCHID("2001:10::/28"), // RFC 4843
    ORCHID_2("2001:20::/28"), // RFC 7343
    DRONE_TAGS("2001:30::/28"), // RFC 9374
    PROTOCOL_ASSIGNMENTS_6("2001::/23"), // RFC 2928
    DOCUMENTATION_6("2001:db8::/32"), // RFC 3849
    SIX_TO_FOUR("2002::/16"), // RFC 3056
    AS112_DIRECT_6("2620:4f:8000::/48"), // RFC 7534
    DOCUMENTATION_6_LONG("3fff::/20"), // RFC 9637
    SEGMENT_ROUTING("5f00::/16"), // RFC 9602
    UNIQUE_LOCAL("fc00::/7"), // RFC 4193
    LINK_LOCAL_6("fe80::/10"), // RFC 4291
    SITE_LOCAL("fec0::/10"), // RFC 3879
    MULTICAST_6("ff00::/8"), // RFC 4291

    // What IANA has not given out: global unicast is 2000::/3 alone (RFC 4291, section 2.4)
    UNASSIGNED_LOW("::/3"),
    UNASSIGNED_MIDDLE("4000::/2"),
    UNASSIGNED_HIGH("8000::/1");

    private final AddressRange range;

    DeniedRange(String cidr) {
        range = AddressRange.parse(cidr);
    }

    AddressRange range() {
        return range;
    }

    /** The first range that this address is in; none of a public address. */
    static Optional<DeniedRange> of(InetAddress address) {
        var bytes = address.getAddress();
        return Arrays.stream(values())
                .filter(denied -> denied.range.contains(bytes))
                .findFirst();
    }
}
