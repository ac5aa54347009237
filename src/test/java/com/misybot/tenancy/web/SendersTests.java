package com.misybot.tenancy.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendersTests {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.77, 192.0.2.0/24",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:0:0:0:0:0/48",
        "::1, 0:0:0:0:0:0:0:0/48",
        "::ffff:192.0.2.77, 192.0.2.0/24"
    })
    void namesTheNetworkAndNotThePerson(String address, String network) {
        assertThat(Senders.network(address)).isEqualTo(network);
    }
}
