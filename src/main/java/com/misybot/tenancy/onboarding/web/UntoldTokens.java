package com.misybot.tenancy.onboarding.web;

import io.micrometer.common.KeyValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;

/** Keeps the tokens in the paths of pages out of spans, which would otherwise say the whole path. */
@Configuration(proxyBeanMethods = false)
class UntoldTokens {

    private static final String PAGES = "/onboarding/";

    @Bean
    ServerRequestObservationConvention pathsWithoutTokens() {
        return new DefaultServerRequestObservationConvention() {
            @Override
            protected KeyValue httpUrl(ServerRequestObservationContext context) {
                var request = context.getCarrier();
                return request != null && request.getRequestURI().startsWith(request.getContextPath() + PAGES)
                        ? KeyValue.of("http.url", PAGES)
                        : super.httpUrl(context);
            }
        };
    }
}
