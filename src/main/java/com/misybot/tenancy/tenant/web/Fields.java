package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the texts of a request as values and collects what is wrong with them, so that one answer names every bad field. */
final class Fields {

    private final List<FieldError> errors = new ArrayList<>();
    private final @Nullable String in;
    private final String prefix;

    Fields() {
        this(null, "");
    }

    private Fields(@Nullable String in, String prefix) {
        this.in = in;
        this.prefix = prefix;
    }

    /** Reads query parameters, {@code /plan} being the parameter {@code plan}. */
    static Fields ofQuery() {
        return new Fields("query", "");
    }

    /** Reads the fields of an object in the body, {@code /filter} say: its {@code /plan} is told as {@code /filter/plan}. */
    static Fields under(String pointer) {
        return new Fields(null, pointer);
    }

    /** The canonical text of an optional field; null where it is absent or refused. */
    @Nullable
    String text(String pointer, @Nullable String text, Function<String, ?> type) {
        var value = value(pointer, text, type);
        return value == null ? null : value.toString();
    }

    /** The value of an optional field; null where it is absent or refused. */
    <S, T> @Nullable T value(String pointer, @Nullable S source, Function<S, T> type) {
        if (source == null) {
            return null;
        }
        try {
            return type.apply(source);
        } catch (InvalidValue e) {
            refuse(pointer, e.code(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** The value of a required field; {@code otherwise}, which nobody sees, where it is absent or refused. */
    <S, T> T required(String pointer, @Nullable S source, Function<S, T> type, T otherwise) {
        if (source == null) {
            refuse(pointer, FieldError.REQUIRED, "This field is required.");
        }
        var value = value(pointer, source, type);
        return value == null ? otherwise : value;
    }

    void refuse(String pointer, String code, String detail) {
        errors.add(new FieldError(in, prefix + pointer, code, detail));
    }

    /**
     * Answers 400 with every bad field.
     *
     * @throws ProblemException where there is one
     */
    void requireGood() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }
}
