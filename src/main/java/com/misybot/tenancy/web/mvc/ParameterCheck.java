package com.misybot.tenancy.web.mvc;

import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.RestPaths;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses query parameters that the handler does not declare, and single ones sent twice. */
final class ParameterCheck implements HandlerInterceptor {

    private final Map<Method, DeclaredParameters> declared = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // what the container answers on its own is asked for by no client
        if (request.getDispatcherType() == DispatcherType.REQUEST
                && request.getQueryString() != null
                && handler instanceof HandlerMethod method
                && request.getRequestURI().startsWith(RestPaths.API + "/")) {
            var errors = declared.computeIfAbsent(method.getMethod(), _ -> new DeclaredParameters(method))
                    .errors(request.getParameterMap());
            if (!errors.isEmpty()) {
                throw ProblemException.invalid(errors);
            }
        }
        return true;
    }
}
