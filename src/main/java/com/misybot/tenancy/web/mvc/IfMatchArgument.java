package com.misybot.tenancy.web.mvc;

import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads {@link IfMatch}. */
final class IfMatchArgument implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == IfMatch.class;
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var headers = request.getHeaderValues(IfMatch.HEADER);
        var ifMatch = IfMatch.parse(headers == null ? List.of() : Arrays.asList(headers));
        if (ifMatch == null && !parameter.isOptional()) {
            throw new ProblemException(
                    WebProblem.IF_MATCH_REQUIRED,
                    "Send If-Match with the ETag of the version you changed, or * to change whatever is there.");
        }
        return ifMatch;
    }
}
