package com.misybot.tenancy.context.limit;

import com.misybot.tenancy.web.ProblemWriter;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LimitConfiguration {

    /** Right behind security, which knows the caller. Actuator is not under this path. */
    @Bean
    FilterRegistrationBean<CallerRateFilter> callerRateFilter(RateLimits limits, ProblemWriter problems) {
        var registration = new FilterRegistrationBean<>(new CallerRateFilter(limits, problems));
        registration.addUrlPatterns("/api/*");
        registration.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER + 1);
        return registration;
    }
}
