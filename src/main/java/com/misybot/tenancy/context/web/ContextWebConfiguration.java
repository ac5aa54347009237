package com.misybot.tenancy.context.web;

import io.micrometer.observation.ObservationPredicate;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class ContextWebConfiguration implements WebMvcConfigurer {

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new PageOfSite.Argument());
    }

    /** Resolving counts by itself; Spring's observation costs as much as all the rest of it. */
    @Bean
    static ObservationPredicate resolvingIsNotObserved() {
        return (_, context) -> !(context instanceof ServerRequestObservationContext request
                && request.getCarrier() != null
                && ContextController.PATH.equals(request.getCarrier().getRequestURI()));
    }
}
