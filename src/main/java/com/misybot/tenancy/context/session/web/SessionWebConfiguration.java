package com.misybot.tenancy.context.session.web;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerExceptionResolver;

@Configuration(proxyBeanMethods = false)
class SessionWebConfiguration {

    /** Behind everything that counts for every request: who calls, how often, and for which tenant. */
    @Bean
    FilterRegistrationBean<DirectIntrospect> directIntrospect(
            ObjectProvider<SessionController> handler,
            @Qualifier("handlerExceptionResolver") ObjectProvider<HandlerExceptionResolver> failures) {
        var registration = new FilterRegistrationBean<>(new DirectIntrospect(handler, failures));
        registration.addUrlPatterns(SessionController.PATH + SessionController.INTROSPECT);
        registration.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER + 2);
        return registration;
    }
}
