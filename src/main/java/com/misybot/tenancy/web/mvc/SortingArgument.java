package com.misybot.tenancy.web.mvc;

import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.Sorting;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads {@link Sorting}. */
final class SortingArgument implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Sorting.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return parse(fields(parameter), request.getParameter(Sorting.PARAMETER));
    }

    /** The constants that may be sorted by. */
    static Enum<?>[] fields(MethodParameter parameter) {
        var type = ResolvableType.forMethodParameter(parameter).getGeneric(0).resolve(Enum.class);
        return Objects.requireNonNull((Enum<?>[]) type.getEnumConstants(), "Sorting<E> needs an enum");
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // the constants are of the enum the parameter names
    private static Sorting<?> parse(Enum<?>[] fields, @Nullable String text) {
        if (text == null) {
            return new Sorting(fields[0], false);
        }
        var descending = text.startsWith("-");
        var name = descending ? text.substring(1) : text;
        for (var field : fields) {
            if (Sorting.nameOf(field).equals(name)) {
                return new Sorting(field, descending);
            }
        }
        var allowed = Arrays.stream(fields).map(Sorting::nameOf).collect(Collectors.joining(", "));
        throw ProblemException.invalid(FieldError.query(
                Sorting.PARAMETER, FieldError.ENUM, "Sort by one of " + allowed + ", with - in front for descending."));
    }
}
