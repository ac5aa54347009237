package com.misybot.tenancy.web.mvc;

import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import com.misybot.tenancy.web.json.JsonErrors;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.accept.InvalidApiVersionException;
import org.springframework.web.accept.MissingApiVersionException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/** The problem that an exception is. Nothing of the exception's own text reaches the client. */
final class ExceptionProblems {

    private static final String NOTHING_HERE = "Nothing answers at this path: look at /v3/api-docs for what there is.";

    private ExceptionProblems() {}

    static Problem of(Throwable e) {
        return switch (e) {
            case ProblemException known -> known.problem();
            case InvalidValue invalid -> Problem.of(WebProblem.INVALID_REQUEST, messageOf(invalid));
            case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
            case MethodArgumentNotValidException invalid ->
                ProblemException.invalid(BindingErrors.of(invalid)).problem();
            case HandlerMethodValidationException invalid ->
                ProblemException.invalid(BindingErrors.of(invalid)).problem();
            case MethodArgumentTypeMismatchException mismatch -> mismatch(mismatch);
            case MissingServletRequestParameterException missing ->
                required(FieldError.query(
                        missing.getParameterName(), FieldError.REQUIRED, "This parameter is required."));
            case MissingRequestHeaderException missing ->
                required(FieldError.header(missing.getHeaderName(), FieldError.REQUIRED, "This header is required."));
            case HttpRequestMethodNotSupportedException method -> notAllowed(method);
            case HttpMediaTypeNotSupportedException media -> unsupported(media);
            case HttpMediaTypeNotAcceptableException media ->
                Problem.of(
                        WebProblem.NOT_ACCEPTABLE,
                        "Accept one of " + list(media.getSupportedMediaTypes()) + ", or leave Accept out.");
            case InvalidParameterException _ ->
                Problem.of(
                        WebProblem.MALFORMED_REQUEST,
                        "The query has a parameter without a name, or too many: correct it.");
            case NoResourceFoundException _, NoHandlerFoundException _ ->
                Problem.of(WebProblem.NOT_FOUND, NOTHING_HERE);
            case InvalidApiVersionException _, MissingApiVersionException _ ->
                Problem.of(WebProblem.NOT_FOUND, NOTHING_HERE);
            case AccessDeniedException _ ->
                Problem.of(WebProblem.FORBIDDEN, "This credential lacks the scope or the reach for this request.");
            case AuthenticationException _ ->
                Problem.of(WebProblem.UNAUTHENTICATED, "Send a credential: Authorization: Bearer …")
                        .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            case ErrorResponse response ->
                ofStatus(HttpStatus.valueOf(response.getStatusCode().value()));
            default -> StoreFailures.isUnavailable(e) ? StoreFailures.unavailable() : StoreFailures.other(e);
        };
    }

    /** A problem of which nothing is known but the status. */
    static Problem ofStatus(HttpStatus status) {
        var code = WebProblem.forStatus(status);
        return switch (code) {
            case NOT_FOUND -> Problem.of(code, NOTHING_HERE);
            case INTERNAL_ERROR ->
                Problem.of(code, "Repeat the request later; if it fails again, report the traceId to the operator.");
            case UNAVAILABLE -> StoreFailures.unavailable();
            case BODY_TOO_LARGE -> Problem.of(code, "Send a smaller body.");
            case HEADERS_TOO_LARGE -> Problem.of(code, "Send at most 8 KB of headers.");
            default -> Problem.of(code, "Correct the request; the description is at /v3/api-docs.");
        };
    }

    private static Problem unreadable(HttpMessageNotReadableException e) {
        for (var cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException json) {
                return JsonErrors.of(json).problem();
            }
            if (cause instanceof ProblemException known) {
                return known.problem();
            }
            if (cause instanceof java.io.IOException) {
                return Problem.of(
                        WebProblem.MALFORMED_REQUEST, "The body broke off or its chunks are not as HTTP has them.");
            }
        }
        return Problem.of(WebProblem.MALFORMED_JSON, "The body is missing: send a JSON value.");
    }

    private static Problem mismatch(MethodArgumentTypeMismatchException e) {
        if (e.getParameter().hasParameterAnnotation(PathVariable.class)) {
            return Problem.of(WebProblem.NOT_FOUND, "Nothing has this name.");
        }
        return ProblemException.invalid(BindingErrors.of(e.getName(), e, e.getRequiredType()))
                .problem();
    }

    private static Problem notAllowed(HttpRequestMethodNotSupportedException e) {
        var methods = e.getSupportedMethods();
        var allowed = methods == null ? "" : Arrays.stream(methods).sorted().collect(Collectors.joining(", "));
        return Problem.of(WebProblem.METHOD_NOT_ALLOWED, "Use one of " + allowed + " here.")
                .withHeader(HttpHeaders.ALLOW, allowed);
    }

    private static Problem unsupported(HttpMediaTypeNotSupportedException e) {
        var problem = Problem.of(
                WebProblem.UNSUPPORTED_MEDIA_TYPE,
                e.getSupportedMediaTypes().isEmpty()
                        ? "Send the body as application/json."
                        : "Send the body as " + list(e.getSupportedMediaTypes()) + ".");
        for (var name : List.of(HttpHeaders.ACCEPT, HttpHeaders.ACCEPT_PATCH)) {
            var value = e.getHeaders().getFirst(name);
            if (value != null) {
                problem = problem.withHeader(name, value);
            }
        }
        return problem;
    }

    private static Problem required(FieldError error) {
        return ProblemException.invalid(error).problem();
    }

    private static String list(List<?> values) {
        return values.stream().map(Object::toString).distinct().sorted().collect(Collectors.joining(", "));
    }

    private static String messageOf(Throwable e) {
        @Nullable String message = e.getMessage();
        return Objects.requireNonNullElse(message, "A value is not valid.");
    }
}
