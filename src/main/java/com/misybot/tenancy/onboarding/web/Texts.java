package com.misybot.tenancy.onboarding.web;

import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the texts of a request as values and collects what is wrong with them, so that one answer names every bad field. */
final class Texts {

    private final List<FieldError> errors = new ArrayList<>();

    /** The value of an optional field; null where it is absent or refused. */
    <T> @Nullable T value(String pointer, @Nullable String text, Function<String, T> type) {
        if (text == null) {
            return null;
        }
        try {
            return type.apply(text);
        } catch (InvalidValue e) {
            refuse(pointer, e.code(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** The value of a required field; null where it is absent or refused, and then {@link #requireGood} refuses. */
    <T> @Nullable T required(String pointer, @Nullable String text, Function<String, T> type) {
        if (text == null) {
            refuse(pointer, FieldError.REQUIRED, "This field is required.");
        }
        return value(pointer, text, type);
    }

    void refuse(String pointer, String code, String detail) {
        errors.add(new FieldError(pointer, code, detail));
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
