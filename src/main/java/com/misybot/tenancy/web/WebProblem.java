package com.misybot.tenancy.web;

import static org.springframework.http.HttpStatus.*;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** The problems that any route may answer. */
public enum WebProblem implements ProblemCode {
    MALFORMED_REQUEST(BAD_REQUEST, "The request is not HTTP as it should be"),
    MALFORMED_JSON(BAD_REQUEST, "The body is not the JSON it should be"),
    INVALID_REQUEST(BAD_REQUEST, "A part of the request is not valid"),
    UNKNOWN_FIELD(BAD_REQUEST, "The body has a field that does not exist"),
    UNKNOWN_PARAMETER(BAD_REQUEST, "The query has a parameter that does not exist"),
    READ_ONLY(BAD_REQUEST, "A read-only field was sent with another value"),
    PAGE_TOKEN_INVALID(BAD_REQUEST, "The page token is not valid here"),
    UNAUTHENTICATED(UNAUTHORIZED, "A credential is missing or not valid"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "The credential does not allow this"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing here"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This method is not for this resource"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The resource does not come in this media type"),
    CONFLICT(HttpStatus.CONFLICT, "The present state does not allow this"),
    IDEMPOTENCY_IN_PROGRESS(HttpStatus.CONFLICT, "A request with this Idempotency-Key is running"),
    STALE_VERSION(PRECONDITION_FAILED, "The resource has changed"),
    BODY_TOO_LARGE(CONTENT_TOO_LARGE, "The body is too large"),
    URI_TOO_LONG(HttpStatus.URI_TOO_LONG, "The URI is too long"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is of a media type that is not read here"),
    IDEMPOTENCY_MISMATCH(UNPROCESSABLE_CONTENT, "The Idempotency-Key belongs to another body"),
    REASON_REQUIRED(UNPROCESSABLE_CONTENT, "A reason is required"),
    IF_MATCH_REQUIRED(PRECONDITION_REQUIRED, "If-Match is required"),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "There were too many requests"),
    HEADERS_TOO_LARGE(REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are too large"),
    INTERNAL_ERROR(INTERNAL_SERVER_ERROR, "Something failed that should not"),
    UNSUPPORTED(HttpStatus.NOT_IMPLEMENTED, "The server does not do this"),
    HTTP_VERSION_NOT_SUPPORTED(HttpStatus.HTTP_VERSION_NOT_SUPPORTED, "The server does not speak this version of HTTP"),
    UNAVAILABLE(SERVICE_UNAVAILABLE, "The service cannot answer now");

    private final HttpStatus status;
    private final String title;

    WebProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }

    /** The problem that a bare status stands for. */
    public static WebProblem forStatus(HttpStatusCode status) {
        var exact = firstOf(status.value());
        if (exact != null) {
            return exact;
        }
        return status.is4xxClientError() ? MALFORMED_REQUEST : INTERNAL_ERROR;
    }

    /** The kind of problem that bad fields make: their own where they agree on one that exists. */
    static WebProblem forFields(List<FieldError> errors) {
        var codes = errors.stream().map(FieldError::code).distinct().toList();
        if (codes.size() == 1) {
            for (var problem : List.of(UNKNOWN_FIELD, UNKNOWN_PARAMETER, READ_ONLY)) {
                if (problem.code().equals(codes.getFirst())) {
                    return problem;
                }
            }
        }
        return INVALID_REQUEST;
    }

    static String detailFor(List<FieldError> errors) {
        return errors.size() == 1
                ? errors.getFirst().detail()
                : "Correct the " + errors.size() + " fields listed in errors.";
    }

    private static @Nullable WebProblem firstOf(int status) {
        for (var problem : values()) {
            if (problem.status.value() == status) {
                return problem;
            }
        }
        return null;
    }
}
