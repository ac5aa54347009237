package com.misybot.tenancy.web.mvc;

import com.misybot.tenancy.web.Callers;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.PageTokens;
import com.misybot.tenancy.web.Paging;
import com.misybot.tenancy.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads {@link Paging} and binds its tokens to the caller, the path and every other parameter. */
final class PagingArgument implements HandlerMethodArgumentResolver {

    private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,2}");

    private final PageTokens tokens;

    PagingArgument(PageTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Paging.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders) {
        var request = Objects.requireNonNull(webRequest.getNativeRequest(HttpServletRequest.class));
        var size = size(request.getParameter(Paging.SIZE));
        var binding = binding(request);
        var token = request.getParameter(Paging.TOKEN);
        var cursor = token == null ? null : tokens.parse(binding, token);
        return new Paging(size, cursor, next -> tokens.issue(binding, next));
    }

    private static int size(@Nullable String text) {
        if (text == null) {
            return Paging.DEFAULT_SIZE;
        }
        var size = SIZE.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (size < 1 || size > Paging.MAX_SIZE) {
            throw ProblemException.invalid(
                    FieldError.query(Paging.SIZE, FieldError.RANGE, "pageSize is a whole number from 1 to 200."));
        }
        return size;
    }

    private static String binding(HttpServletRequest request) {
        var caller = Callers.of(request);
        var asked = new TreeMap<String, String>();
        request.getParameterMap().forEach((name, values) -> asked.put(name, Arrays.toString(quoted(values))));
        asked.remove(Paging.SIZE);
        asked.remove(Paging.TOKEN);
        return (caller == null ? "public" : caller.actor().toString()) + '\n' + request.getRequestURI() + '\n' + asked;
    }

    /** Each value after its length, so that two lists of values never read the same. */
    private static String[] quoted(String[] values) {
        return Arrays.stream(values)
                .sorted()
                .map(value -> value.length() + ":" + value)
                .toArray(String[]::new);
    }
}
