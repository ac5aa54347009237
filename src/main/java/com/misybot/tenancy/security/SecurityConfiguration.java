package com.misybot.tenancy.security;

import com.github.benmanes.caffeine.cache.Ticker;
import com.misybot.tenancy.kernel.Tally;
import com.misybot.tenancy.security.apikey.FirstOperatorKey;
import com.misybot.tenancy.security.apikey.KeyCheck;
import com.misybot.tenancy.security.jwt.JwtCheck;
import com.misybot.tenancy.web.FrequentUse;
import com.misybot.tenancy.web.ProblemWriter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.actuate.info.InfoEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Two filters in front of every route, and no more: no session, no form, no saved request, nothing anonymous. Rules stand on
 * the handlers ({@link AccessRules}), because the handler is found once and a path can be written in more than one way.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String METRICS = "platform:metrics";

    @Bean
    Admission admission(KeyCheck keys, TenantCallers tenants, JwtCheck jwts) {
        var ticker = Ticker.systemTicker();
        return new Admission(
                new Callers(keys::check, tenants::with, jwts::isCandidate, jwts::check, ticker),
                new FailureLimit(ticker));
    }

    /** Before the service says that it is ready, so that whoever reads so finds the file. */
    @Bean
    ApplicationRunner firstOperatorKeyInFile(FirstOperatorKey first, SecuritySettings settings) {
        return _ -> {
            if (settings.operatorKeyFile() != null) {
                first.issueInto(settings.operatorKeyFile());
            }
        };
    }

    @Bean
    AccessRules accessRules(
            @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mappings,
            SecuritySettings settings) {
        return new AccessRules(mappings, settings.apiPageOpen());
    }

    /** Actuator: health and info are open, everything else there takes {@code platform:metrics}. */
    @Bean
    @Order(1)
    SecurityFilterChain managementChain(
            Admission admission,
            ProblemWriter problems,
            ObjectProvider<Tally> tally,
            @Qualifier("handlerExceptionResolver") ObjectProvider<HandlerExceptionResolver> failures) {
        RequestMatcher open = EndpointRequest.to(HealthEndpoint.class, InfoEndpoint.class);
        var metrics = AccessRule.anyCallerWith(METRICS);
        CallerFilter.Doors doors = (request, caller) -> {
            if (!open.matches(request)) {
                metrics.require(caller);
            }
        };
        return chain(
                EndpointRequest.toAnyEndpoint(),
                new CallerFilter(admission, doors, problems, new FrequentUse(tally), failures));
    }

    @Bean
    @Order(2)
    SecurityFilterChain apiChain(
            Admission admission,
            AccessRules rules,
            SecuritySettings settings,
            ProblemWriter problems,
            ObjectProvider<Tally> tally,
            @Qualifier("handlerExceptionResolver") ObjectProvider<HandlerExceptionResolver> failures) {
        var doors = new ApiDoors(rules, settings.apiPageOpen());
        return chain(
                AnyRequestMatcher.INSTANCE,
                new CallerFilter(admission, doors, problems, new FrequentUse(tally), failures));
    }

    private static SecurityFilterChain chain(RequestMatcher matcher, CallerFilter callers) {
        return new DefaultSecurityFilterChain(matcher, new AnswerHeaders(ApiDoors.API), callers);
    }

    /** What no route has is refused in its turn, after who asks is known, and not as a request that is no HTTP. */
    @Bean
    HttpFirewall firewallForAnyMethod() {
        var firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }

    /** One observation a request is enough: those of each filter cost more than the filters. */
    @Bean
    SecurityObservationSettings noObservationOfFilters() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    RefusalOrder refusalOrder(AccessRules rules, ProblemWriter problems) {
        return new RefusalOrder(rules, problems);
    }

    @Bean
    WebMvcConfigurer accessInterceptor(AccessRules rules) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new AccessInterceptor(rules));
            }
        };
    }
}
