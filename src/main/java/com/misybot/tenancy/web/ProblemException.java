package com.misybot.tenancy.web;

import java.util.List;

/** Ends a request with a {@link Problem}. Modules throw it, or subclasses of it that say what happened. */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** Ends the request with this problem. */
    public ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    /** Ends the request with a problem of this kind. */
    public ProblemException(ProblemCode code, String detail) {
        this(Problem.of(code, detail));
    }

    /** Ends the request with a problem of this kind, caused by these fields. */
    public ProblemException(ProblemCode code, String detail, List<FieldError> errors) {
        this(Problem.of(code, detail, errors));
    }

    /** Refuses one field of the body: 400 {@code invalid_request}. */
    public static ProblemException invalid(String pointer, String code, String detail) {
        return invalid(new FieldError(pointer, code, detail));
    }

    /** Refuses one field: 400, with the field's own code where that is a kind of problem, else {@code invalid_request}. */
    public static ProblemException invalid(FieldError error) {
        return invalid(List.of(error));
    }

    /** Refuses fields: 400. */
    public static ProblemException invalid(List<FieldError> errors) {
        return new ProblemException(WebProblem.forFields(errors), WebProblem.detailFor(errors), errors);
    }

    /** What the client is told. */
    public Problem problem() {
        return problem;
    }
}
