package com.misybot.tenancy.web;

import com.misybot.tenancy.keyring.Keyring;
import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.accept.ApiVersionParser;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.ApiVersionConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What handler methods may take, and the version in the path. */
@Configuration(proxyBeanMethods = false)
class MvcConfiguration implements WebMvcConfigurer {

    private static final ApiVersionParser<String> VERSION = segment -> {
        if (!segment.startsWith("v")) {
            throw new IllegalArgumentException("A version begins with v");
        }
        return segment;
    };

    private final PageTokens pageTokens;
    private final Keyring keyring;

    MvcConfiguration(PageTokens pageTokens, Keyring keyring) {
        this.pageTokens = pageTokens;
        this.keyring = keyring;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgument());
        resolvers.add(new CauseArgument());
        resolvers.add(new IfMatchArgument());
        resolvers.add(new IdempotencyKeyArgument(keyring));
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
}
