package com.misybot.tenancy.web.mvc;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.web.Callers;
import jakarta.servlet.ServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
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
        var servlet = servlet(request);
        return parameter.isOptional() ? Callers.of(servlet) : Callers.require(servlet);
    }

    static ServletRequest servlet(NativeWebRequest request) {
        return Objects.requireNonNull(request.getNativeRequest(ServletRequest.class));
    }
}
