package com.misybot.tenancy.context.propagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.misybot.tenancy.kernel.InvalidConfigurationException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedHostsTests {

    private final TrustedHosts hosts =
            new TrustedHosts(List.of("agents.internal", "Billing.internal:8443", "web.internal:443", "[::1]:8080"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://agents.internal/",
                "https://AGENTS.internal:9000/a?b",
                "https://billing.internal:8443",
                "https://web.internal/",
                "http://[::1]:8080/"
            })
    void trustsThoseNamed(String address) {
        assertThat(hosts.contain(URI.create(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://x.agents.internal/",
                "http://agents.internal.example/",
                "http://agents.internal./",
                "http://agents.internal@example.com/",
                "http://example.com/agents.internal",
                "http://example.com?agents.internal",
                "http://agents_internal/",
                "https://billing.internal/",
                "https://billing.internal:18443/",
                "http://web.internal/",
                "http://[::1]/",
                "mailto:a@agents.internal",
                "/agents.internal"
            })
    void trustsNoOther(String address) {
        assertThat(hosts.contain(URI.create(address))).isFalse();
        assertThat(new TrustedHosts(List.of()).contain(URI.create(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "*.internal", "http://agents.internal", "agents.internal/", "a b", "", "a..b", "a:", "a:b"})
    void endsTheStartWhereASettingIsNoHost(String host) {
        assertThatThrownBy(() -> new TrustedHosts(List.of(host)))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("tenancy.context.trusted-hosts");
    }
}
