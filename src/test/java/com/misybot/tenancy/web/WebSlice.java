package com.misybot.tenancy.web;

import com.misybot.tenancy.MovableClock;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Turns;
import com.misybot.tenancy.keyring.Keyring;
import com.misybot.tenancy.keyring.Keyrings;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/** The HTTP contract on a real Tomcat, without a database and without security: the header X-Test-Caller names the caller. */
@TestConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    PropertyPlaceholderAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    ValidationAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class
})
@ComponentScan(
        basePackages = "com.misybot.tenancy.web",
        excludeFilters =
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern = "com\\.misybot\\.tenancy\\.web\\.(idempotency|openapi)\\..*|.*Tests.*|.*Slice.*"))
@ConfigurationPropertiesScan("com.misybot.tenancy.web")
class WebSlice {

    @Bean
    MovableClock clock() {
        return MovableClock.standing();
    }

    /** Nobody changes anything here. */
    @Bean
    Turns turns() {
        return new Turns(1, 1, 1, Duration.ZERO);
    }

    @Bean
    Keyring keyring() {
        return Keyrings.fixed();
    }

    @Bean
    FilterRegistrationBean<Filter> testCaller() {
        return new FilterRegistrationBean<>((request, response, chain) -> {
            var name = ((HttpServletRequest) request).getHeader("X-Test-Caller");
            if (name != null) {
                var actor = new Actor(Actor.Kind.OPERATOR, name);
                Callers.keep(request, new Caller(actor, Set.of(), Reach.all()));
            }
            chain.doFilter(request, response);
        });
    }
}
