package com.misybot.tenancy.security.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.misybot.tenancy.kernel.InvalidValue;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTests {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.168.1.128/25, 192.168.1.128, true",
        "192.168.1.128/25, 192.168.1.127, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8::/33, 2001:db8:8000::, false",
        "::/0, 2001:db8::1, true",
        "::/0, 10.0.0.1, false",
        "::1, ::1, true"
    })
    void containsItsAddresses(String network, String address, boolean contained) {
        assertThat(Network.parse(network).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.0.0/16, true",
        "10.1.0.0/16, 10.0.0.0/8, false",
        "10.0.0.0/8, 10.0.0.0/8, true",
        "10.0.0.0/8, 11.0.0.0/16, false",
        "0.0.0.0/0, ::/0, false",
        "2001:db8::/32, 2001:db8:1::/48, true"
    })
    void coversNarrowerNetworks(String wider, String narrower, boolean covered) {
        assertThat(Network.parse(wider).covers(Network.parse(narrower))).isEqualTo(covered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10",
                "10.1/16",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/08",
                "010.0.0.0/8",
                "256.0.0.0/8",
                "10.0.0.1/8",
                "localhost",
                "example.com/8",
                "fe80::1%eth0",
                "::1/129",
                ":::/8",
                "::ffff:10.0.0.0/104",
                "10.0.0.0/8/8",
                " 10.0.0.0/8",
                "0x0a000000/8",
                "1234567::/16",
                "10.0.0.0/٨"
            })
    void refusesWhatIsNoNetwork(String text) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> Network.parse(text));
    }

    @Test
    void hasOneTextForOneNetwork() {
        assertThat(Network.parse("2001:DB8:0::/32")).isEqualTo(Network.parse("2001:db8::/32"));
        assertThat(Network.parse("192.0.2.7")).hasToString("192.0.2.7/32").isEqualTo(Network.parse("192.0.2.7/32"));
    }
}
