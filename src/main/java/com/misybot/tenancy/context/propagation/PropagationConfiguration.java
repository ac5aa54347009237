package com.misybot.tenancy.context.propagation;

import com.misybot.tenancy.context.KnownTenants;
import com.misybot.tenancy.kernel.CurrentTenant;
import com.misybot.tenancy.web.RestPaths;
import jakarta.servlet.DispatcherType;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.task.SimpleAsyncTaskSchedulerBuilder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Where the current tenant goes along by itself. */
@Configuration(proxyBeanMethods = false)
@EnableAsync
@EnableScheduling
class PropagationConfiguration {

    private static final int AFTER_SECURITY = SecurityFilterProperties.DEFAULT_FILTER_ORDER + 1;

    /** After the scope of the route, before anything else is said about the request. */
    private static final int AFTER_ACCESS = 500;

    /** Spring Boot's executor, which runs {@code @Async} and with it asynchronous listeners, asks it for each task. */
    @Bean
    TaskDecorator carriesTheTenant() {
        return CurrentTenant::carried;
    }

    @Bean
    TaskScheduler taskScheduler(SimpleAsyncTaskSchedulerBuilder builder) {
        return new CarryingScheduler(builder.build());
    }

    @Bean
    CurrentTenant.Directory tenantDirectory(KnownTenants tenants) {
        return id -> Optional.ofNullable(tenants.byId(id))
                .map(tenant -> CurrentTenant.of(tenant.id(), tenant.tenantId(), tenant.version()));
    }

    @Bean
    TenantInSpans tenantInSpans() {
        return new TenantInSpans();
    }

    /** A client that follows a redirect takes its headers along, to whatever host: a redirect is an answer. */
    @Bean
    RestClientCustomizer tellsTrustedHosts(
            PropagationSettings settings,
            ObjectProvider<ClientHttpRequestFactoryBuilder<?>> factories,
            ObjectProvider<HttpClientSettings> clients) {
        var tenant = new OutboundTenant(new TrustedHosts(settings.trustedHosts()));
        var factory = factories
                .getIfAvailable(ClientHttpRequestFactoryBuilder::detect)
                .build(clients.getIfAvailable(HttpClientSettings::defaults).withRedirects(HttpRedirects.DONT_FOLLOW));
        return builder -> builder.requestFactory(factory).requestInterceptor(tenant);
    }

    /** Filters are made while the server starts, before what knows the tenants: that is asked for by the first request that needs it. */
    @Bean
    FilterRegistrationBean<InboundTenant> inboundTenant(ObjectProvider<KnownTenants> tenants) {
        var registration = new FilterRegistrationBean<>(
                new InboundTenant(id -> tenants.getObject().byId(id)));
        registration.setOrder(AFTER_SECURITY);
        registration.addUrlPatterns(RestPaths.API + "/*");
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        return registration;
    }

    @Bean
    WebMvcConfigurer inboundTenantRefusal() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new InboundTenant.Refusal()).order(AFTER_ACCESS);
            }
        };
    }
}
