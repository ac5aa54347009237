package com.misybot.tenancy.context.web;

import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * A site and the page that talks for it, from the query. Read without a binder, which takes longer than all of the resolve.
 *
 * @param siteId the public key of the site
 * @param origin of the page, in any spelling
 */
record PageOfSite(SiteId siteId, String origin) {

    /** Reads the two parameters; the check of parameters has refused those that are sent twice. */
    static PageOfSite of(HttpServletRequest request) {
        var errors = new ArrayList<FieldError>();
        var site = required("siteId", request.getParameter("siteId"), errors);
        var origin = required("origin", request.getParameter("origin"), errors);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        try {
            return new PageOfSite(new SiteId(Objects.requireNonNull(site)), Objects.requireNonNull(origin));
        } catch (InvalidValue e) {
            throw ProblemException.invalid(
                    FieldError.query("siteId", e.code(), Objects.requireNonNull(e.getMessage())));
        }
    }

    private static @Nullable String required(String name, @Nullable String value, List<FieldError> errors) {
        if (value == null) {
            errors.add(FieldError.query(name, FieldError.REQUIRED, "This parameter is required."));
        }
        return value;
    }

    /** Hands it to handler methods. */
    static final class Argument implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == PageOfSite.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            return of(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
        }
    }
}
