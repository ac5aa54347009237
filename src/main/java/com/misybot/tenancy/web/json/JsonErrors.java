package com.misybot.tenancy.web.json;

import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says in words of this API what Jackson did not like. */
public final class JsonErrors {

    private JsonErrors() {}

    /** The problem that a failed reading is. */
    public static ProblemException of(JacksonException e) {
        if (e instanceof InputCoercionException) {
            return ProblemException.invalid(
                    pointer(e.getPath()), FieldError.RANGE, "The number is too large for this field.");
        }
        if (e instanceof StreamReadException || e instanceof StreamConstraintsException) {
            return malformed(e);
        }
        var pointer = pointer(e.getPath());
        var value = causeOf(e, InvalidValue.class);
        if (value != null) {
            return ProblemException.invalid(pointer, value.code(), messageOf(value));
        }
        var problem = causeOf(e, ProblemException.class);
        if (problem != null) {
            return problem;
        }
        return ProblemException.invalid(fieldError(e, pointer));
    }

    private static FieldError fieldError(JacksonException e, String pointer) {
        if (e instanceof UnrecognizedPropertyException) {
            return new FieldError(pointer, FieldError.UNKNOWN_FIELD, "There is no such field here: leave it out.");
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return mismatch(mismatch, mismatch.getTargetType(), pointer);
        }
        return new FieldError(pointer, FieldError.FORMAT, "The value is not of the form this field has.");
    }

    private static FieldError mismatch(MismatchedInputException e, Class<?> target, String pointer) {
        if (target.isEnum() && e.getCurrentToken() == JsonToken.VALUE_STRING) {
            var allowed = Arrays.stream(target.getEnumConstants())
                    .map(Object::toString)
                    .collect(Collectors.joining(", "));
            return new FieldError(pointer, FieldError.ENUM, "Give one of " + allowed + ".");
        }
        if (e.getCurrentToken() == JsonToken.VALUE_NULL || isNullForPrimitive(e, target)) {
            return new FieldError(pointer, FieldError.REQUIRED, "This field is required and may not be null.");
        }
        if (e instanceof tools.jackson.databind.exc.InvalidFormatException && !isWrongType(e, target)) {
            return new FieldError(pointer, FieldError.FORMAT, "The text is not of the form this field has.");
        }
        return new FieldError(pointer, FieldError.TYPE, "Give " + nameOf(target) + ".");
    }

    private static boolean isNullForPrimitive(MismatchedInputException e, Class<?> target) {
        return target.isPrimitive() && e.getOriginalMessage().contains("`null`");
    }

    private static boolean isWrongType(MismatchedInputException e, Class<?> target) {
        return e.getCurrentToken() != JsonToken.VALUE_STRING || nameOf(target).endsWith("number") || isBoolean(target);
    }

    private static String nameOf(Class<?> target) {
        if (target == Integer.class || target == int.class || target == Long.class || target == long.class) {
            return "a whole number";
        }
        if (Number.class.isAssignableFrom(target) || target == double.class || target == float.class) {
            return "a number";
        }
        if (isBoolean(target)) {
            return "true or false";
        }
        if (target.isArray() || Iterable.class.isAssignableFrom(target)) {
            return "an array";
        }
        return CharSequence.class.isAssignableFrom(target)
                        || target.getName().startsWith("java.time.")
                        || target.isEnum()
                ? "a text"
                : "a value of the type that the schema says";
    }

    private static boolean isBoolean(Class<?> target) {
        return target == Boolean.class || target == boolean.class;
    }

    static ProblemException malformed(JacksonException e) {
        if (e instanceof StreamConstraintsException) {
            return malformed(e.getLocation(), "The JSON is too deep, or a name, text or number in it is too long");
        }
        return malformed(e.getLocation(), "The JSON cannot be parsed");
    }

    static ProblemException malformed(@Nullable TokenStreamLocation location, String what) {
        return new ProblemException(
                WebProblem.MALFORMED_JSON,
                location == null || location.getLineNr() < 1
                        ? what + "."
                        : what + ": look at line " + location.getLineNr() + ", column " + location.getColumnNr() + ".");
    }

    static ProblemException empty() {
        return new ProblemException(WebProblem.MALFORMED_JSON, "The body is empty: send a JSON value.");
    }

    static ProblemException notUtf8() {
        return new ProblemException(WebProblem.MALFORMED_JSON, "The body is not UTF-8, which JSON must be.");
    }

    private static String pointer(List<JacksonException.Reference> path) {
        var pointer = JsonPointer.empty();
        for (var step : path) {
            pointer = step.getPropertyName() == null
                    ? pointer.appendIndex(Math.max(0, step.getIndex()))
                    : pointer.appendProperty(step.getPropertyName());
        }
        return pointer.toString();
    }

    private static <X extends Throwable> @Nullable X causeOf(Throwable e, Class<X> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static String messageOf(Throwable e) {
        return Objects.requireNonNullElse(e.getMessage(), "The value is not valid.");
    }
}
