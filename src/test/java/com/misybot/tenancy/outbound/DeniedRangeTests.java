package com.misybot.tenancy.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every range of the promise, at both of its ends, and what lies beside. */
class DeniedRangeTests {

    /** First and last address of each range, written out: nothing here is computed from the table that is tested. */
    static final Map<DeniedRange, String> ENDS = Map.ofEntries(
            Map.entry(DeniedRange.THIS_NETWORK, "0.0.0.0 0.255.255.255"),
            Map.entry(DeniedRange.PRIVATE_10, "10.0.0.0 10.255.255.255"),
            Map.entry(DeniedRange.CARRIER_NAT, "100.64.0.0 100.127.255.255"),
            Map.entry(DeniedRange.LOOPBACK, "127.0.0.0 127.255.255.255"),
            Map.entry(DeniedRange.LINK_LOCAL, "169.254.0.0 169.254.255.255"),
            Map.entry(DeniedRange.AZURE_HOST, "168.63.129.16 168.63.129.16"),
            Map.entry(DeniedRange.PRIVATE_172, "172.16.0.0 172.31.255.255"),
            Map.entry(DeniedRange.PROTOCOL_ASSIGNMENTS, "192.0.0.0 192.0.0.255"),
            Map.entry(DeniedRange.DOCUMENTATION_1, "192.0.2.0 192.0.2.255"),
            Map.entry(DeniedRange.AS112, "192.31.196.0 192.31.196.255"),
            Map.entry(DeniedRange.MULTICAST_TUNNEL, "192.52.193.0 192.52.193.255"),
            Map.entry(DeniedRange.RELAY_6TO4, "192.88.99.0 192.88.99.255"),
            Map.entry(DeniedRange.PRIVATE_192, "192.168.0.0 192.168.255.255"),
            Map.entry(DeniedRange.AS112_DIRECT, "192.175.48.0 192.175.48.255"),
            Map.entry(DeniedRange.BENCHMARKING, "198.18.0.0 198.19.255.255"),
            Map.entry(DeniedRange.DOCUMENTATION_2, "198.51.100.0 198.51.100.255"),
            Map.entry(DeniedRange.DOCUMENTATION_3, "203.0.113.0 203.0.113.255"),
            Map.entry(DeniedRange.MULTICAST, "224.0.0.0 239.255.255.255"),
            Map.entry(DeniedRange.RESERVED_AND_BROADCAST, "240.0.0.0 255.255.255.255"),
            Map.entry(DeniedRange.IPV4_COMPATIBLE, ":: ::ffff:ffff"),
            Map.entry(DeniedRange.IPV4_TRANSLATED, "::ffff:0:0:0 ::ffff:0:ffff:ffff"),
            Map.entry(DeniedRange.NAT64, "64:ff9b:: 64:ff9b::ffff:ffff"),
            Map.entry(DeniedRange.NAT64_LOCAL, "64:ff9b:1:: 64:ff9b:1:ffff:ffff:ffff:ffff:ffff"),
            Map.entry(DeniedRange.DISCARD, "100:: 100::ffff:ffff:ffff:ffff"),
            Map.entry(DeniedRange.DUMMY, "100:0:0:1:: 100::1:ffff:ffff:ffff:ffff"),
            Map.entry(DeniedRange.TEREDO, "2001:: 2001:0:ffff:ffff:ffff:ffff:ffff:ffff"),
            Map.entry(DeniedRange.BENCHMARKING_6, "2001:2:: 2001:2:0:ffff:ffff:ffff:ffff:ffff"),
            Map.entry(DeniedRange.ORCHID, "2001:10:: 2001:1f:ffff:ffff:ffff:ffff:ffff:ffff"),
            Map.entry(DeniedRange.ORCHID_2, "2001:20:: 2001:2f:ffff:ffff:ffff:ffff:ffff:ffff"),
            Map.entry(DeniedRange.DRONE_TAGS, "2001:30:: 2001:3f:ffff:ffff:ffff:ffff:ffff:ffff"),
            Map.entry(DeniedRange.PROTOCOL_ASSIGNMENTS_6, "2001:1:: 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"),
            Map.entry(DeniedRange.DOCUMENTATION_6, "2001:db8:: 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
            Map.entry(DeniedRange.SIX_TO_FOUR, "2002:: 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            Map.entry(DeniedRange.AS112_DIRECT_6, "2620:4f:8000:: 2620:4f:8000:ffff:ffff:ffff:ffff:ffff"),
            Map.entry(DeniedRange.DOCUMENTATION_6_LONG, "3fff:: 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"),
            Map.entry(DeniedRange.SEGMENT_ROUTING, "5f00:: 5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            Map.entry(DeniedRange.UNIQUE_LOCAL, "fc00:: fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            Map.entry(DeniedRange.LINK_LOCAL_6, "fe80:: febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            Map.entry(DeniedRange.SITE_LOCAL, "fec0:: feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            Map.entry(DeniedRange.MULTICAST_6, "ff00:: ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            Map.entry(DeniedRange.UNASSIGNED_LOW, "1:: 1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            Map.entry(DeniedRange.UNASSIGNED_MIDDLE, "4000:: 7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            Map.entry(DeniedRange.UNASSIGNED_HIGH, "8000:: fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));

    static Stream<DeniedRange> written() {
        // the JDK turns a mapped address into the IPv4 address that it means: the range below is tested by its bytes
        return Arrays.stream(DeniedRange.values()).filter(range -> range != DeniedRange.IPV4_MAPPED);
    }

    @ParameterizedTest
    @MethodSource("written")
    void coversARangeFromItsFirstAddressToItsLast(DeniedRange range) {
        for (var end : Objects.requireNonNull(ENDS.get(range)).split(" ", -1)) {
            assertThat(DeniedRange.of(InetAddress.ofLiteral(end))).as(end).contains(range);
        }
    }

    @Test
    void coversMappedAddressesInBothFormsThatTheyComeIn() throws Exception {
        var mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        System.arraycopy(new byte[] {8, 8, 8, 8}, 0, mapped, 12, 4);
        assertThat(DeniedRange.IPV4_MAPPED.range().contains(mapped)).isTrue();
        mapped[12] = 10;
        assertThat(DeniedRange.of(InetAddress.getByAddress(mapped))).contains(DeniedRange.PRIVATE_10);
    }

    @ParameterizedTest
    @EnumSource
    void hasNoRangeTwiceAndNoneInVain(DeniedRange range) {
        assertThat(Arrays.stream(DeniedRange.values())
                        .takeWhile(other -> other != range)
                        .filter(other -> other.range().contains(range.range().first())
                                && other.range().prefix() <= range.range().prefix()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "168.63.129.15",
                "168.63.129.17",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "191.255.255.255",
                "192.0.1.0",
                "192.0.3.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "198.51.99.255",
                "198.51.101.0",
                "203.0.112.255",
                "203.0.114.0",
                "223.255.255.255",
                "2000::",
                "2001:200::",
                "2001:db7:ffff::",
                "2001:db9::",
                "2003::1",
                "2606:2800:220:1:248:1893:25c8:1946",
                "2620:4f:7fff::",
                "2a00:1450::1",
                "3ffe:ffff::",
                "3fff:1000::"
            })
    void leavesWhatIsPublic(String address) {
        assertThat(DeniedRange.of(InetAddress.ofLiteral(address))).isEmpty();
    }

    /** What the JDK tells apart is not enough: the reason for a table of our own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "100.64.0.1",
                "192.0.2.1",
                "198.18.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "fc00::1",
                "240.0.0.1"
            })
    void knowsWhatTheFlagsOfTheJdkDoNot(String text) {
        var address = InetAddress.ofLiteral(text);
        assertThat(address.isLoopbackAddress()
                        || address.isAnyLocalAddress()
                        || address.isLinkLocalAddress()
                        || address.isSiteLocalAddress()
                        || address.isMulticastAddress())
                .isFalse();
        assertThat(DeniedRange.of(address)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "10.20.0.0/16:8443, 10.20.3.4, 8443, true",
        "10.20.0.0/16:8443, 10.20.3.4, 443, false",
        "10.20.0.0/16:8443, 10.21.0.0, 8443, false",
        "10.20.0.0/16, 10.20.3.4, 80, true",
        "[fd00:1::/32]:8443, fd00:1::7, 8443, true",
        "[fd00:1::/32]:8443, fd00:1::7, 443, false",
        "fd00:1::/32, fd00:1::7, 9, true",
        "fd00:1::/32, 10.0.0.1, 9, false",
        "127.0.0.1/32, 8.8.8.8, 443, true",
        "127.0.0.1/32, 8.8.8.8, 25, false",
    })
    void opensWhatTheConfigurationNames(String allowed, String address, int port, boolean called) {
        var rules = new AddressRules(java.util.List.of(AllowedTarget.parse(allowed)));
        assertThat(rules.allow(InetAddress.ofLiteral(address), port)).isEqualTo(called);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0",
                "10.0.0.1/8",
                "10.0.0.0/33",
                "10.0.0.0/8:0",
                "10.0.0.0/8:65536",
                "10.0.0.0/8:",
                "localhost/8",
                "fd00::/129",
                "[fd00::]/8",
                "10.0.0.0/08x",
                "*"
            })
    void takesNoEntryThatItDoesNotUnderstand(String entry) {
        assertThatIllegalArgumentException().isThrownBy(() -> AllowedTarget.parse(entry));
    }
}
