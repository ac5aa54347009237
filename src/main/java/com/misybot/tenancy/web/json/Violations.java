package com.misybot.tenancy.web.json;

import com.misybot.tenancy.web.FieldError;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.JsonPointer;

/** What Bean Validation found, as fields with pointers. */
public final class Violations {

    private Violations() {}

    /** The bad fields, in the order of their pointers. */
    public static List<FieldError> errors(Collection<? extends ConstraintViolation<?>> violations) {
        return violations.stream()
                .map(violation -> new FieldError(
                        pointer(violation.getPropertyPath()), codeOf(violation), sentence(violation.getMessage())))
                .sorted(Comparator.comparing(FieldError::pointer).thenComparing(FieldError::code))
                .toList();
    }

    /** The stable word for a broken constraint. */
    static String codeOf(ConstraintViolation<?> violation) {
        return codeOf(violation
                .getConstraintDescriptor()
                .getAnnotation()
                .annotationType()
                .getSimpleName());
    }

    /** The stable word for a constraint by the name of its annotation. */
    public static String codeOf(String constraint) {
        return switch (constraint) {
            case "NotNull", "NotBlank", "NotEmpty" -> FieldError.REQUIRED;
            case "Size", "Length", "CodePointLength" -> FieldError.LENGTH;
            case "Min",
                    "Max",
                    "DecimalMin",
                    "DecimalMax",
                    "Positive",
                    "PositiveOrZero",
                    "Negative",
                    "NegativeOrZero",
                    "Digits",
                    "Range",
                    "DurationMin",
                    "DurationMax" -> FieldError.RANGE;
            case "UniqueElements" -> FieldError.DUPLICATE;
            default -> FieldError.FORMAT;
        };
    }

    /** The message of a constraint as a sentence of its own. */
    public static String sentence(String message) {
        var text = message.isEmpty() ? "is not valid" : message;
        if (Character.isUpperCase(text.charAt(0))) {
            return text;
        }
        return "This field " + text + (text.endsWith(".") ? "" : ".");
    }

    private static String pointer(Path path) {
        var pointer = JsonPointer.empty();
        for (var node : path) {
            if (node.getIndex() != null) {
                pointer = pointer.appendIndex(node.getIndex());
            } else if (node.getKey() != null) {
                pointer = pointer.appendProperty(node.getKey().toString());
            }
            if (node.getKind() == ElementKind.PROPERTY && node.getName() != null) {
                pointer = pointer.appendProperty(node.getName());
            }
        }
        return pointer.toString();
    }
}
