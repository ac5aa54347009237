package com.misybot.tenancy.web.mvc;

import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/** Makes a problem of whatever a handler throws that no module has made one of. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
final class ProblemAdvice extends ResponseEntityExceptionHandler {

    private final ProblemWriter writer;
    private final NotFoundFirst notFoundFirst;

    ProblemAdvice(ProblemWriter writer, NotFoundFirst notFoundFirst) {
        this.writer = writer;
        this.notFoundFirst = notFoundFirst;
    }

    /** Whatever Spring itself does not throw. */
    @ExceptionHandler(Exception.class)
    void any(Exception e, HttpServletRequest request, HttpServletResponse response) throws Exception {
        answer(e, request, response);
    }

    /** Whatever Spring itself throws. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var web = (ServletWebRequest) request;
        try {
            answer(e, web.getRequest(), Objects.requireNonNull(web.getResponse()));
        } catch (IOException gone) {
            logger.debug("The caller went away before its answer", gone);
        } catch (Exception other) {
            throw new IllegalStateException(other);
        }
        return null;
    }

    private void answer(Exception e, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (response.isCommitted()) {
            if (e instanceof HttpMessageNotReadableException) {
                // The container met the broken body first and reports it.
                return;
            }
            if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
                logger.debug("The caller went away in the middle of its answer", e);
            } else {
                logger.error("An answer broke off", e);
            }
            // The container cuts the connection, so that nobody takes half an answer for a whole one.
            throw e;
        }
        var problem = notFoundFirst.inOrder(request, ExceptionProblems.of(e));
        if (isUnexpected(problem)) {
            logger.error("A request failed", e);
        }
        writer.write(request, response, problem);
    }

    private static boolean isUnexpected(Problem problem) {
        var status = problem.code().status();
        return status.is5xxServerError()
                && status != HttpStatus.NOT_IMPLEMENTED
                && !problem.headers().containsKey(HttpHeaders.RETRY_AFTER);
    }
}
