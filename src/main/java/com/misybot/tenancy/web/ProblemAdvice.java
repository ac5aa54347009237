package com.misybot.tenancy.web;

import com.misybot.tenancy.kernel.InvalidValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Makes a problem of whatever a handler throws that no module has made one of. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private final ProblemWriter writer;

    ProblemAdvice(ProblemWriter writer) {
        this.writer = writer;
    }

    @ExceptionHandler
    void problem(ProblemException e, HttpServletRequest request, HttpServletResponse response) throws IOException {
        writer.write(request, response, e.problem());
    }

    @ExceptionHandler
    void invalid(InvalidValue e, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var detail = Objects.requireNonNullElse(e.getMessage(), "A value is not valid.");
        writer.write(request, response, Problem.of(WebProblem.INVALID_REQUEST, detail));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var web = (ServletWebRequest) request;
        var problem = Problem.of(WebProblem.forStatus(status), "The request cannot be answered.");
        try {
            writer.write(web.getRequest(), Objects.requireNonNull(web.getResponse()), problem);
        } catch (IOException gone) {
            logger.debug("The caller went away before its answer", gone);
        }
        return null;
    }
}
