package com.misybot.tenancy.security;

import com.misybot.tenancy.web.Access;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;

/**
 * The rule of each handler method: its {@link Access}. Those of libraries carry none and stand in a short list here: the API
 * page, what the container refused and has answered by MVC, and the list of methods that {@code OPTIONS} asks for.
 */
final class AccessRules {

    private static final String API_PAGE = "org.springdoc.";
    private static final String OPTIONS = RequestMappingInfoHandlerMapping.class.getName() + "$";

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;
    private final AccessRule apiPage;
    private final Map<Method, Optional<AccessRule>> rules = new ConcurrentHashMap<>();

    AccessRules(ObjectProvider<RequestMappingHandlerMapping> mappings, boolean apiPageOpen) {
        this.mappings = mappings;
        this.apiPage = apiPageOpen ? AccessRule.OPEN : AccessRule.ANY_CALLER;
    }

    /** The rule of a handler; empty where it has none, and so may not be called. */
    Optional<AccessRule> of(HandlerMethod handler) {
        var known = rules.get(handler.getMethod());
        return known != null ? known : rules.computeIfAbsent(handler.getMethod(), _ -> find(handler));
    }

    private Optional<AccessRule> find(HandlerMethod handler) {
        var access = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), Access.class);
        if (access != null) {
            return Optional.of(AccessRule.of(access));
        }
        var type = handler.getBeanType();
        if (ErrorController.class.isAssignableFrom(type)) {
            return Optional.of(AccessRule.OPEN);
        }
        if (type.getName().startsWith(API_PAGE)) {
            return Optional.of(apiPage);
        }
        return type.getName().startsWith(OPTIONS) ? Optional.of(AccessRule.ANY_CALLER) : Optional.empty();
    }

    private record Route(PathPattern pattern, HandlerMethod handler) {}

    /**
     * The rule of the route that method and path alone lead to, whatever media types the request names. Looks at every
     * route, so only refusals may ask.
     */
    Optional<AccessRule> of(HttpServletRequest request) {
        var path = ServletRequestPathUtils.parse(request).pathWithinApplication();
        return mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .filter(entry -> takes(entry.getKey(), request.getMethod()))
                .flatMap(entry -> patterns(entry.getKey(), path).map(pattern -> new Route(pattern, entry.getValue())))
                .min(Comparator.comparing(Route::pattern))
                .flatMap(route -> of(route.handler()));
    }

    private static boolean takes(RequestMappingInfo info, String method) {
        var methods = info.getMethodsCondition().getMethods();
        var wanted = RequestMethod.resolve(method);
        return methods.isEmpty()
                || methods.contains(wanted)
                || (wanted == RequestMethod.HEAD && methods.contains(RequestMethod.GET));
    }

    private static Stream<PathPattern> patterns(RequestMappingInfo info, PathContainer path) {
        var condition = info.getPathPatternsCondition();
        return condition == null
                ? Stream.empty()
                : condition.getPatterns().stream().filter(pattern -> pattern.matches(path));
    }
}
