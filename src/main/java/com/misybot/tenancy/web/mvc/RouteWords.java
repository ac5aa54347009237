package com.misybot.tenancy.web.mvc;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Words that stand in routes beside names: {@code count} beside {@code {tenantId}}. A method that the route of the word does not
 * have takes it for a name, and no resource has that. Looks at every route, so only refusals may ask.
 */
final class RouteWords {

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    RouteWords(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    /** The segments of the path from the first, of which those are empty that are words and are taken for names. */
    List<String> blank(HttpServletRequest request, List<String> path) {
        var container = ServletRequestPathUtils.parse(request).pathWithinApplication();
        var routes = mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(info -> patterns(info, container))
                .toList();
        return routes.stream()
                .filter(route -> route.takes(request.getMethod()))
                .min(Comparator.comparing(Route::pattern))
                .map(taken -> blank(taken, routes, path))
                .orElse(path);
    }

    private record Route(PathPattern pattern, RequestMappingInfo info) {

        boolean takes(String method) {
            var methods = info.getMethodsCondition().getMethods();
            var wanted = RequestMethod.resolve(method);
            return methods.isEmpty()
                    || methods.contains(wanted)
                    || (wanted == RequestMethod.HEAD && methods.contains(RequestMethod.GET));
        }

        /** Counted from the end, where all that match a path agree. */
        boolean isNameAt(int fromEnd) {
            var segments = pattern.getPatternString().split("/", -1);
            return fromEnd < segments.length && segments[segments.length - 1 - fromEnd].startsWith("{");
        }
    }

    private static Stream<Route> patterns(RequestMappingInfo info, PathContainer path) {
        var condition = info.getPathPatternsCondition();
        return condition == null
                ? Stream.empty()
                : condition.getPatterns().stream()
                        .filter(pattern -> pattern.matches(path))
                        .map(pattern -> new Route(pattern, info));
    }

    private static List<String> blank(Route taken, List<Route> routes, List<String> path) {
        var blanked = new ArrayList<>(path);
        for (var i = 0; i < path.size(); i++) {
            var fromEnd = path.size() - 1 - i;
            if (taken.isNameAt(fromEnd) && routes.stream().anyMatch(route -> !route.isNameAt(fromEnd))) {
                blanked.set(i, "");
            }
        }
        return blanked;
    }
}
