package com.misybot.tenancy.outbound;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

/** What may be called beside the public addresses, and where nothing may. */
class OutboundConfigurationTests {

    private static final OutboundConfiguration CONFIGURATION = new OutboundConfiguration();

    @Test
    void opensNothingInProduction() throws Exception {
        assertThatExceptionOfType(OutboundException.class)
                .isThrownBy(() -> CONFIGURATION.outboundClient(settings("127.0.0.1/32"), profiles("prod")))
                .withMessageContaining("tenancy.outbound.allow")
                .withMessageContaining("prod");
        assertThatExceptionOfType(OutboundException.class)
                .isThrownBy(() -> CONFIGURATION.outboundClient(settings("10.0.0.0/8:8443"), profiles("eu", "prod")));
        CONFIGURATION.outboundClient(settings(), profiles("prod")).close();
        CONFIGURATION.outboundClient(settings("127.0.0.1/32"), profiles("eu")).close();
        CONFIGURATION.outboundClient(settings("127.0.0.1/32"), profiles()).close();
    }

    @Test
    void startsWithNothingItDoesNotUnderstand() {
        assertThatExceptionOfType(OutboundException.class)
                .isThrownBy(() -> CONFIGURATION.outboundClient(settings("localhost"), profiles()));
    }

    private static OutboundSettings settings(String... allow) {
        return new OutboundSettings(List.of(allow), List.of("127.0.0.1:5353"), Duration.ofSeconds(1), 16);
    }

    private static MockEnvironment profiles(String... active) {
        var environment = new MockEnvironment();
        environment.setActiveProfiles(active);
        return environment;
    }
}
