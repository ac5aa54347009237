package com.misybot.tenancy.web.mvc;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.Paging;
import com.misybot.tenancy.web.Sorting;
import com.misybot.tenancy.web.Waiting;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.BindParam;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/** The query parameters that a handler method declares: request parameters, records of them, paging and sorting. */
final class DeclaredParameters {

    private static final Set<Class<?>> READ_BY_OTHERS = Set.of(Caller.class, Cause.class, IfMatch.class, Waiting.class);

    /** Type of each parameter by its name. */
    private final Map<String, Class<?>> types = new HashMap<>();

    private final Set<String> maps = new HashSet<>();
    private boolean open;

    /** Parameters of a handler of the same route that answers in another media type, and that type. */
    private final Map<String, String> withAccept = new HashMap<>();

    DeclaredParameters(HandlerMethod handler) {
        for (var parameter : handler.getMethodParameters()) {
            declare(parameter);
        }
        var route = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequestMapping.class);
        if (route != null) {
            for (var sibling : handler.getBeanType().getDeclaredMethods()) {
                compare(route, sibling);
            }
        }
    }

    private void compare(RequestMapping route, Method sibling) {
        var other = AnnotatedElementUtils.findMergedAnnotation(sibling, RequestMapping.class);
        if (other == null
                || other.produces().length == 0
                || !Arrays.equals(other.path(), route.path())
                || !Arrays.equals(other.method(), route.method())) {
            return;
        }
        for (var parameter : sibling.getParameters()) {
            if (parameter.isAnnotationPresent(RequestParam.class)) {
                withAccept.put(parameter.getName(), other.produces()[0]);
            }
        }
    }

    /** What is wrong with the parameters that were sent. */
    List<FieldError> errors(Map<String, String[]> sent) {
        var errors = new ArrayList<FieldError>();
        sent.forEach((name, values) -> {
            var type = types.get(name);
            if (type == null) {
                if (!isOfAMap(name)) {
                    errors.add(FieldError.query(name, FieldError.UNKNOWN_PARAMETER, unknown(name)));
                }
            } else if (values.length > 1 && !isMany(type)) {
                errors.add(FieldError.query(name, FieldError.DUPLICATE, "Send this parameter once."));
            } else if (values[0].isEmpty() && type != String.class) {
                errors.add(FieldError.query(name, FieldError.FORMAT, "Give this parameter a value or leave it out."));
            }
        });
        return errors;
    }

    private String unknown(String name) {
        var accept = withAccept.get(name);
        return accept == null
                ? "There is no such parameter here: leave it out."
                : "This parameter goes with Accept: " + accept + ": send that, or leave the parameter out.";
    }

    private boolean isOfAMap(String name) {
        var bracket = name.indexOf('[');
        return open || (bracket > 0 && name.endsWith("]") && maps.contains(name.substring(0, bracket)));
    }

    private void declare(MethodParameter parameter) {
        var type = parameter.getParameterType();
        var query = parameter.getParameterAnnotation(RequestParam.class);
        if (type == Paging.class) {
            types.put(Paging.SIZE, Integer.class);
            types.put(Paging.TOKEN, String.class);
        } else if (type == Sorting.class) {
            types.put(Sorting.PARAMETER, Enum.class);
        } else if (query != null) {
            declare(query, parameter);
        } else if (isObjectOfParameters(parameter)) {
            for (var component : Objects.requireNonNullElse(type.getRecordComponents(), new RecordComponent[0])) {
                declare(component);
            }
        }
    }

    /** As Spring sees it: marked as one, or a record that nothing else reads. */
    private static boolean isObjectOfParameters(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(ModelAttribute.class)
                || (parameter.getParameterType().isRecord()
                        && !READ_BY_OTHERS.contains(parameter.getParameterType())
                        && !parameter.hasParameterAnnotation(RequestBody.class)
                        && !parameter.hasParameterAnnotation(PathVariable.class)
                        && !parameter.hasParameterAnnotation(RequestHeader.class));
    }

    private void declare(RequestParam query, MethodParameter parameter) {
        var type = parameter.getParameterType();
        if (Map.class.isAssignableFrom(type)) {
            open = true;
        } else {
            types.put(
                    query.name().isEmpty() ? Objects.requireNonNull(parameter.getParameterName()) : query.name(), type);
        }
    }

    private void declare(RecordComponent component) {
        var renamed = component.getAnnotation(BindParam.class);
        var name = renamed == null ? component.getName() : renamed.value();
        if (Map.class.isAssignableFrom(component.getType())) {
            maps.add(name);
        } else {
            types.put(name, component.getType());
        }
    }

    private static boolean isMany(Class<?> type) {
        return type.isArray() || Collection.class.isAssignableFrom(type);
    }
}
