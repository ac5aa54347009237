package com.misybot.tenancy.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class RouteRulesTests {

    private final ApplicationContext context;
    private final AccessRules rules;

    RouteRulesTests(ApplicationContext context, AccessRules rules) {
        this.context = context;
        this.rules = rules;
    }

    @Test
    void everyRouteHasARule() {
        assertThat(RouteRules.breaches(context, rules)).isEmpty();
    }

    @Test
    void looksAtTheRoutesOfTheApi() {
        var mapping = context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);

        assertThat(mapping.getHandlerMethods().keySet().toString()).contains("/api/v1/api-keys", "/v3/api-docs");
    }

    /** What must be found: a route without a rule, one with a scope that nobody can have, one that asks for nothing. */
    @RestController
    static class Careless {

        @GetMapping("/open-by-mistake")
        void withoutRule() {}

        @Access(scope = "tenants:everything")
        @GetMapping("/unknown-scope")
        void unknownScope() {}

        @Access
        @GetMapping("/no-scope")
        void noScope() {}

        @Access(scope = "erase", callers = Access.Kind.PUBLIC)
        @GetMapping("/public-with-scope")
        void publicWithScope() {}

        @Access(scope = "tenants:read")
        @GetMapping("/careful")
        void careful() {}
    }

    @Test
    void closesAHandlerWithoutARule() throws NoSuchMethodException {
        var interceptor = new AccessInterceptor(rules);
        var handler = new HandlerMethod(new Careless(), Careless.class.getDeclaredMethod("withoutRule"));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() ->
                        interceptor.preHandle(new MockHttpServletRequest(), new MockHttpServletResponse(), handler))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(WebProblem.FORBIDDEN));
    }

    @Test
    void findsDeliberateViolations() {
        var careless = new StaticApplicationContext();
        careless.registerSingleton("careless", Careless.class);
        var mapping = new RequestMappingHandlerMapping();
        mapping.setApplicationContext(careless);
        mapping.afterPropertiesSet();
        var urls = new SimpleUrlHandlerMapping();
        urls.setUrlMap(java.util.Map.of("/raw", new Object()));
        urls.setApplicationContext(careless);

        assertThat(RouteRules.breaches("mapping", mapping, rules))
                .hasSize(4)
                .anyMatch(breach -> breach.contains("/open-by-mistake") && breach.endsWith("has no rule"))
                .anyMatch(breach -> breach.endsWith("a scope that does not exist: tenants:everything"))
                .anyMatch(breach -> breach.contains("/no-scope") && breach.endsWith("is not public"))
                .anyMatch(breach -> breach.contains("/public-with-scope"));
        assertThat(RouteRules.breaches("urls", urls, rules)).hasSize(1);
        HandlerMapping unknown = _ -> null;
        assertThat(RouteRules.breaches("other", unknown, rules)).hasSize(1);
        assertThat(List.of(mapping.getHandlerMethods())).isNotEmpty();
    }
}
