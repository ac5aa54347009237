package com.misybot.tenancy.outbound;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How addresses supplied by tenants are called.
 *
 * @param allow what may be called beside the public addresses, as CIDR with or without a port: {@code 10.20.0.0/16:8443},
 *     {@code [fd00:1::/64]:8443}, {@code 127.0.0.0/8}. There http is accepted as well. For tests and closed networks: refused in
 *     profile {@code prod}, and shown in the isolation status
 * @param nameServers addresses of the name servers to ask, with or without a port: {@code 10.0.0.2}, {@code 127.0.0.1:5353}; by
 *     default those of the system
 * @param connectTimeout how long finding the addresses of a name may take, and again connecting to one of them; 100ms to 30s
 * @param connections most open connections
 */
@ConfigurationProperties("tenancy.outbound")
record OutboundSettings(
        @DefaultValue List<String> allow,
        @DefaultValue List<String> nameServers,
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("256") int connections) {

    OutboundSettings {
        allow = List.copyOf(allow);
        nameServers = List.copyOf(nameServers);
        if (connectTimeout.toMillis() < 100 || connectTimeout.toSeconds() > 30) {
            throw new IllegalArgumentException("tenancy.outbound.connect-timeout is from 100ms to 30s");
        }
        if (connections < 1 || connections > 10_000) {
            throw new IllegalArgumentException("tenancy.outbound.connections is from 1 to 10000");
        }
    }

    AddressRules rules() {
        try {
            return new AddressRules(allow.stream().map(AllowedTarget::parse).toList());
        } catch (IllegalArgumentException e) {
            throw new OutboundException("tenancy.outbound.allow takes CIDR with or without a port, such as"
                    + " 10.20.0.0/16:8443: " + e.getMessage() + ".");
        }
    }
}
