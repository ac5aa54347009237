package com.misybot.tenancy.outbound;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

@Configuration(proxyBeanMethods = false)
class OutboundConfiguration {

    private static final Profiles PRODUCTION = Profiles.of("prod");

    @Bean
    OutboundClient outboundClient(OutboundSettings settings, Environment environment) throws NoSuchAlgorithmException {
        if (!settings.allow().isEmpty() && environment.acceptsProfiles(PRODUCTION)) {
            throw new OutboundException("tenancy.outbound.allow opens addresses that are not public to whoever may"
                    + " register a webhook: it is for tests and closed networks, unset it in profile prod.");
        }
        return new OutboundClient(
                settings.rules(), new NameLookup(settings), new Connections(settings, SSLContext.getDefault()));
    }

    @Bean
    TextRecords textRecords(OutboundSettings settings) {
        return new TextRecords(settings);
    }
}
