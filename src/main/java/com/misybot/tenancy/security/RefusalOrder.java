package com.misybot.tenancy.security;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Puts 403 before 406 and 415. Media types are a part of finding the handler, so a request that names the wrong ones is
 * refused before the rule of its route was asked.
 */
final class RefusalOrder implements HandlerExceptionResolver, Ordered {

    private final AccessRules rules;
    private final ProblemWriter problems;

    RefusalOrder(AccessRules rules, ProblemWriter problems) {
        this.rules = rules;
        this.problems = problems;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception e) {
        if (handler != null || !(e instanceof HttpMediaTypeException)) {
            return null;
        }
        try {
            rules.of(request).ifPresent(rule -> rule.require((Caller) request.getAttribute(Caller.class.getName())));
            return null;
        } catch (ProblemException refused) {
            try {
                problems.write(request, response, refused.problem());
                return new ModelAndView();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
