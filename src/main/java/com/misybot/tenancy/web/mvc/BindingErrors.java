package com.misybot.tenancy.web.mvc;

import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.json.Violations;
import jakarta.validation.ConstraintViolation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** What Spring could not bind or found invalid, as fields. */
final class BindingErrors {

    private BindingErrors() {}

    static List<FieldError> of(MethodArgumentNotValidException e) {
        return of(e.getParameter(), e.getAllErrors());
    }

    static List<FieldError> of(HandlerMethodValidationException e) {
        var errors = new ArrayList<FieldError>();
        for (var result : e.getParameterValidationResults()) {
            if (result instanceof ParameterErrors bound) {
                errors.addAll(of(result.getMethodParameter(), bound.getAllErrors()));
            } else {
                result.getResolvableErrors().forEach(error -> errors.add(of(result, error)));
            }
        }
        return errors;
    }

    /** A text that could not be made a value of the parameter's type. */
    static FieldError of(String name, Throwable e, @Nullable Class<?> type) {
        var target = type;
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidValue invalid) {
                return FieldError.query(name, invalid.code(), Objects.requireNonNull(invalid.getMessage()));
            }
            if (cause instanceof ConversionFailedException failed) {
                target = failed.getTargetType().getType();
            }
        }
        if (target != null && target.isEnum()) {
            var allowed = Arrays.stream(target.getEnumConstants())
                    .map(Object::toString)
                    .collect(Collectors.joining(", "));
            return FieldError.query(name, FieldError.ENUM, "Give one of " + allowed + ".");
        }
        return FieldError.query(name, FieldError.FORMAT, "The value is not of the form this parameter has.");
    }

    private static List<FieldError> of(MethodParameter parameter, List<? extends ObjectError> found) {
        var violations = new ArrayList<ConstraintViolation<?>>();
        var errors = new ArrayList<FieldError>();
        for (var error : found) {
            if (error.contains(ConstraintViolation.class)) {
                violations.add(error.unwrap(ConstraintViolation.class));
            } else {
                errors.add(unbound(error));
            }
        }
        errors.addAll(Violations.errors(violations));
        return parameter.hasParameterAnnotation(RequestBody.class)
                ? errors
                : errors.stream().map(BindingErrors::inQuery).toList();
    }

    private static FieldError unbound(ObjectError error) {
        var name = error instanceof org.springframework.validation.FieldError field
                ? field.getField()
                : error.getObjectName();
        var cause = error.contains(Throwable.class) ? error.unwrap(Throwable.class) : null;
        var type = cause instanceof org.springframework.beans.TypeMismatchException mismatch
                ? mismatch.getRequiredType()
                : null;
        return cause == null
                ? FieldError.query(name, FieldError.FORMAT, "The value is not of the form this parameter has.")
                : of(name, cause, type);
    }

    private static FieldError inQuery(FieldError error) {
        return new FieldError("query", error.pointer(), error.code(), error.detail());
    }

    private static FieldError of(ParameterValidationResult result, MessageSourceResolvable error) {
        var violation = result.unwrap(error, ConstraintViolation.class);
        var code = Violations.codeOf(violation
                .getConstraintDescriptor()
                .getAnnotation()
                .annotationType()
                .getSimpleName());
        var detail = Violations.sentence(violation.getMessage());
        var parameter = result.getMethodParameter();
        var name = Objects.requireNonNullElse(parameter.getParameterName(), "parameter");
        var header = parameter.getParameterAnnotation(RequestHeader.class);
        if (header != null) {
            return FieldError.header(header.name().isEmpty() ? name : header.name(), code, detail);
        }
        if (parameter.hasParameterAnnotation(PathVariable.class)) {
            return FieldError.path(name, code, detail);
        }
        var query = parameter.getParameterAnnotation(RequestParam.class);
        return FieldError.query(query == null || query.name().isEmpty() ? name : query.name(), code, detail);
    }
}
