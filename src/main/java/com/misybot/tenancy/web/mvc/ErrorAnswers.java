package com.misybot.tenancy.web.mvc;

import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemWriter;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what filters and the container dispatch to the error page, in the words everything else is answered in. */
@Hidden
@RestController
final class ErrorAnswers implements ErrorController {

    private final ProblemWriter writer;

    ErrorAnswers(ProblemWriter writer) {
        this.writer = writer;
    }

    @RequestMapping("${spring.web.error.path:/error}")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        writer.write(request, response, problem(request));
    }

    private static Problem problem(HttpServletRequest request) {
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? HttpStatus.resolve(code)
                : HttpStatus.NOT_FOUND;
        if ((status == null || status.is5xxServerError())
                && request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable e) {
            return ExceptionProblems.of(e);
        }
        return ExceptionProblems.ofStatus(status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status);
    }
}
