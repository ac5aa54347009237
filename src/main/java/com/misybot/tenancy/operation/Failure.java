package com.misybot.tenancy.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why an operation or a step failed, in the shape of a problem (RFC 9457). Never the text of an exception.
 *
 * @param type the stable URI
 * @param title what it is
 * @param status the status it would be answered with
 * @param detail what to do about it
 * @param code the stable word
 * @param errors each bad field
 */
@Schema(name = "Failure", description = "Why it failed, in the shape of a problem (RFC 9457).")
public record Failure(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<FieldError> errors) {

    /** The shape of this problem. */
    public static Failure of(Problem problem) {
        var code = problem.code();
        return new Failure(
                code.type(),
                code.title(),
                code.status().value(),
                problem.detail(),
                code.code(),
                problem.errors().isEmpty() ? null : problem.errors());
    }
}
