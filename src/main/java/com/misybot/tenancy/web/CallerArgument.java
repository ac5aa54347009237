package com.misybot.tenancy.web;

import com.misybot.tenancy.kernel.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands the authenticated {@link Caller} to handler methods; {@code @Nullable} where anybody may call. */
final class CallerArgument implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return parameter.isOptional() ? of(request) : require(request);
    }

    static @Nullable Caller of(NativeWebRequest request) {
        return (Caller) request.getAttribute(Caller.class.getName(), RequestAttributes.SCOPE_REQUEST);
    }

    static Caller require(NativeWebRequest request) {
        var caller = of(request);
        if (caller == null) {
            throw Problem.of(WebProblem.UNAUTHENTICATED, "Send a credential: Authorization: Bearer …")
                    .withHeader("WWW-Authenticate", "Bearer")
                    .asException();
        }
        return caller;
    }
}
