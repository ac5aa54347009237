package com.misybot.tenancy.context.web;

import com.misybot.tenancy.web.RestPaths;
import io.micrometer.observation.ObservationPredicate;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class ContextWebConfiguration implements WebMvcConfigurer {

    private static final Set<String> UNOBSERVED =
            Set.of(ContextController.PATH, RestPaths.API + "/sessions/introspect");

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new PageOfSite.Argument());
    }

    /** Behind everything that counts for every request: who calls, how often, and for which tenant. */
    @Bean
    FilterRegistrationBean<DirectResolve> directResolve(
            ObjectProvider<ContextController> handler,
            @Qualifier("handlerExceptionResolver") ObjectProvider<HandlerExceptionResolver> failures) {
        var registration = new FilterRegistrationBean<>(new DirectResolve(handler, failures));
        registration.addUrlPatterns(ContextController.PATH);
        registration.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER + 2);
        return registration;
    }

    /** Both ways that a widget's request takes count by themselves; Spring's observation costs as much as all the rest of them. */
    @Bean
    static ObservationPredicate hotPathIsNotObserved() {
        return (_, context) -> !(context instanceof ServerRequestObservationContext request
                && request.getCarrier() != null
                && UNOBSERVED.contains(request.getCarrier().getRequestURI()));
    }
}
