package com.misybot.tenancy.security;

import com.misybot.tenancy.security.access.AccessScope;
import com.misybot.tenancy.web.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractHandlerMethodMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/** Finds handlers that have no rule of access, or one that cannot be kept. */
final class RouteRules {

    private RouteRules() {}

    static List<String> breaches(ApplicationContext context, AccessRules rules) {
        return context.getBeansOfType(HandlerMapping.class).entrySet().stream()
                .flatMap(mapping -> breaches(mapping.getKey(), mapping.getValue(), rules))
                .sorted()
                .toList();
    }

    static Stream<String> breaches(String name, HandlerMapping mapping, AccessRules rules) {
        return switch (mapping) {
            case AbstractHandlerMethodMapping<?> methods ->
                methods.getHandlerMethods().entrySet().stream().flatMap(route -> breaches(route, rules));
            case AbstractUrlHandlerMapping urls ->
                urls.getHandlerMap().entrySet().stream()
                        .filter(entry -> !(entry.getValue() instanceof ResourceHttpRequestHandler))
                        .map(entry -> name + " has a handler that no rule is asked for: " + entry.getKey());
            case RouterFunctionMapping functions ->
                functions.getRouterFunction() == null
                        ? Stream.empty()
                        : Stream.of(name + " has functions that no rule is asked for");
            default -> Stream.of(name + " is a mapping that nobody has looked at: " + mapping.getClass());
        };
    }

    private static Stream<String> breaches(Map.Entry<?, HandlerMethod> route, AccessRules rules) {
        var rule = rules.of(route.getValue());
        var where = route.getKey() + " " + route.getValue().getShortLogMessage();
        if (rule.isEmpty()) {
            return Stream.of(where + " has no rule");
        }
        var found = new ArrayList<String>();
        var scope = rule.get().scope();
        if (!scope.isEmpty() && AccessScope.of(scope).isEmpty()) {
            found.add(where + " takes a scope that does not exist: " + scope);
        }
        var access = route.getValue().getMethodAnnotation(Access.class);
        if (access != null && scope.isEmpty() && !rule.get().isPublic()) {
            found.add(where + " takes no scope and is not public");
        }
        if (rule.get().isPublic() && !scope.isEmpty()) {
            found.add(where + " is public and takes a scope");
        }
        return found.stream();
    }
}
