package com.misybot.tenancy.web.mvc;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.web.Callers;
import com.misybot.tenancy.web.Causes;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.PercentEncoding;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.Senders;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Makes a {@link Cause} of the caller, the two headers and what else is known of the request. */
final class CauseArgument implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Cause.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var servlet = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
        return new Cause(
                Callers.require(servlet).actor(),
                text(request, Causes.REASON),
                text(request, Causes.TICKET),
                Senders.of(servlet));
    }

    private static @Nullable String text(NativeWebRequest request, String header) {
        var values = request.getHeaderValues(header);
        if (values == null || values.length == 0) {
            return null;
        }
        var text = values.length == 1 ? PercentEncoding.decode(values[0]) : null;
        if (text == null || text.indexOf('\0') >= 0) {
            throw ProblemException.invalid(FieldError.header(
                    header, FieldError.FORMAT, "Send " + header + " once, as percent-encoded UTF-8."));
        }
        if (!Causes.isGood(text)) {
            throw ProblemException.invalid(FieldError.header(
                    header, FieldError.LENGTH, header + " takes 1 to 500 characters, not all of them blank."));
        }
        return text;
    }
}
