package com.misybot.tenancy.security;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Asks the rule of the handler that was found, before any of its arguments is read. A handler without a rule is closed. */
final class AccessInterceptor implements HandlerInterceptor {

    private final AccessRules rules;

    AccessInterceptor(AccessRules rules) {
        this.rules = rules;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            rules.of(method)
                    .orElseThrow(() -> new ProblemException(WebProblem.FORBIDDEN, "This route has no rule of access."))
                    .require((Caller) request.getAttribute(Caller.class.getName()));
        }
        return true;
    }
}
