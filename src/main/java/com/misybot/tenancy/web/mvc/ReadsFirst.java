package com.misybot.tenancy.web.mvc;

import com.misybot.tenancy.kernel.Turns;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Has changes make way for requests that read. */
final class ReadsFirst implements HandlerInterceptor {

    private final Turns turns;

    ReadsFirst(Turns turns) {
        this.turns = turns;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (HttpMethod.GET.matches(request.getMethod())) {
            turns.reads();
        }
        return true;
    }
}
