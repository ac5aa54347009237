package com.misybot.tenancy.web.mvc;

import com.misybot.tenancy.kernel.Turns;
import com.misybot.tenancy.web.AddressedResource;
import com.misybot.tenancy.web.PageTokens;
import com.misybot.tenancy.web.RestPaths;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.accept.ApiVersionParser;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.ApiVersionConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What handler methods may take, and the version in the path. */
@Configuration(proxyBeanMethods = false)
class MvcConfiguration implements WebMvcConfigurer {

    private static final ApiVersionParser<String> VERSION = segment -> {
        if (!segment.startsWith("v")) {
            throw new IllegalArgumentException("A version begins with v");
        }
        return segment;
    };

    /** Before the interceptors of security, which have order 0. */
    private static final int FIRST = -1_000;

    private final PageTokens pageTokens;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Turns turns;

    MvcConfiguration(PageTokens pageTokens, ApplicationEventPublisher events, Clock clock, Turns turns) {
        this.pageTokens = pageTokens;
        this.events = events;
        this.clock = clock;
        this.turns = turns;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgument());
        resolvers.add(new CauseArgument());
        resolvers.add(new IfMatchArgument());
        resolvers.add(new PagingArgument(pageTokens));
        resolvers.add(new SortingArgument());
        resolvers.add(new WaitingArgument());
    }

    /** Mappings stand under the literal prefix; the segment is read besides, so that no other version ever reaches one. */
    @Override
    public void configureApiVersioning(ApiVersionConfigurer versions) {
        versions.usePathSegment(1, path -> path.value().startsWith("/api/"))
                .setVersionParser(VERSION)
                .setVersionRequired(false)
                .addSupportedVersions(RestPaths.VERSION);
    }

    /** After the interceptors of security, which refuse before anything is said about the request; one tells what was refused. */
    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new AttemptTelling(events, clock)).order(FIRST);
        interceptors.addInterceptor(new AcceptCheck()).order(1_000);
        interceptors.addInterceptor(new ParameterCheck()).order(1_001);
        interceptors.addInterceptor(new ReadsFirst(turns)).order(1_002);
    }

    @Bean
    NotFoundFirst notFoundFirst(
            ObjectProvider<AddressedResource> resources,
            @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mappings) {
        return new NotFoundFirst(resources, new RouteWords(mappings));
    }
}
