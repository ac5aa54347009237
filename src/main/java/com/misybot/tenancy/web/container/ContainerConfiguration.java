package com.misybot.tenancy.web.container;

import com.misybot.tenancy.web.ProblemWriter;
import com.misybot.tenancy.web.RestPaths;
import com.misybot.tenancy.web.WebSettings;
import io.micrometer.tracing.Tracer;
import java.time.Duration;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.filter.CorsFilter;

/** Filters in front of everything, and what Tomcat is told. */
@Configuration(proxyBeanMethods = false)
class ContainerConfiguration {

    /** Right after the observation of the request has begun its span. */
    private static final int AFTER_OBSERVATION = Ordered.HIGHEST_PRECEDENCE + 2;

    @Bean
    FilterRegistrationBean<TraceFilter> traceFilter(ObjectProvider<Tracer> tracer) {
        return ordered(new TraceFilter(tracer.getIfAvailable()), AFTER_OBSERVATION);
    }

    @Bean
    FilterRegistrationBean<RequestGate> requestGate(ProblemWriter writer, WebSettings settings) {
        return ordered(new RequestGate(writer, new TrustedProxies(settings.trustedProxies())), AFTER_OBSERVATION + 1);
    }

    @Bean
    FilterRegistrationBean<CorsFilter> corsFilter(ProblemWriter writer, WebSettings settings) {
        var frontends = forFrontends(settings.corsOrigins());
        var filter = new CorsFilter(request -> isForFrontends(request.getRequestURI()) ? frontends : null);
        filter.setCorsProcessor(new CorsRefusals(writer));
        var registration = ordered(filter, AFTER_OBSERVATION + 2);
        registration.setEnabled(!settings.corsOrigins().isEmpty());
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat() {
        return tomcat -> {
            tomcat.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(ProblemReportValve.class.getName());
                }
            });
            // Bodies are read by handlers alone: a form must not become parameters of the query.
            tomcat.addConnectorCustomizers(connector -> connector.setParseBodyMethods(""));
        };
    }

    /** Never what a page of a tenant's site could be tempted to call. */
    private static boolean isForFrontends(String path) {
        return path.startsWith(RestPaths.API + "/")
                && !path.startsWith(RestPaths.API + "/context")
                && !path.startsWith(RestPaths.API + "/sessions");
    }

    private static CorsConfiguration forFrontends(List<String> origins) {
        var cors = new CorsConfiguration();
        cors.setAllowedOrigins(origins);
        cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        cors.setAllowedHeaders(List.of("*"));
        cors.setExposedHeaders(List.of(
                "ETag", "Location", "Retry-After", "Idempotency-Replayed", "Preference-Applied", "traceparent"));
        cors.setAllowCredentials(false);
        cors.setMaxAge(Duration.ofHours(1));
        return cors;
    }

    private static <F extends jakarta.servlet.Filter> FilterRegistrationBean<F> ordered(F filter, int order) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        return registration;
    }
}
