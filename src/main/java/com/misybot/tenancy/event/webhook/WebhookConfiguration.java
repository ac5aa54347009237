package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.outbound.OutboundClient;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    @Bean
    Sending webhookSending(OutboundClient client, WebhookSettings settings, SecureRandom random, Clock clock) {
        return new Sending(client, new RetrySchedule(random), settings, clock);
    }
}
