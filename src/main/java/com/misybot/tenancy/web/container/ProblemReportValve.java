package com.misybot.tenancy.web.container;

import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemWriter;
import com.misybot.tenancy.web.Trace;
import com.misybot.tenancy.web.WebProblem;
import jakarta.servlet.RequestDispatcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.ExceptionUtils;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Reports what Tomcat refuses by itself, before there is a servlet, as a problem instead of as its HTML page. */
public final class ProblemReportValve extends ErrorReportValve {

    private static final String TOO_LONG =
            StringManager.getManager("org.apache.coyote.http11").getString("iib.requestheadertoolarge.error");

    /** With the number that Tomcat allows where nobody sets another. */
    private static final String TOO_MANY =
            StringManager.getManager("org.apache.tomcat.util.http").getString("headers.maxCountFail", 100);

    /** Made by Tomcat, which knows the name of the class only. */
    public ProblemReportValve() {
        setShowReport(false);
        setShowServerInfo(false);
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        var status = HttpStatus.resolve(response.getStatus());
        if (status == null || !status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var code = isHeadersTooLarge(request) ? WebProblem.HEADERS_TOO_LARGE : WebProblem.forStatus(status);
        var traceId = Trace.idOf(request.getRequest());
        try {
            response.setStatus(code.status().value());
            response.setContentType("application/problem+json");
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            response.setHeader("Cache-Control", "no-store");
            var writer = response.getReporter();
            if (writer != null) {
                var body = ProblemWriter.body(traceId, Problem.of(code, detail(code)));
                writer.write(new String(body, StandardCharsets.UTF_8));
                response.finishResponse();
            }
        } catch (IOException | RuntimeException e) {
            ExceptionUtils.handleThrowable(e);
        }
    }

    /** Too long or too many: Tomcat answers 400 and tells the difference in an exception alone. */
    private static boolean isHeadersTooLarge(Request request) {
        return switch (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION)) {
            case IllegalArgumentException e -> TOO_LONG.equals(e.getMessage());
            case IllegalStateException e -> TOO_MANY.equals(e.getMessage());
            case null, default -> false;
        };
    }

    private static String detail(WebProblem code) {
        return switch (code) {
            case METHOD_NOT_ALLOWED, UNSUPPORTED -> "Use a method that the resource has.";
            case HEADERS_TOO_LARGE -> "Send at most 8 KB of headers.";
            case INTERNAL_ERROR -> "Repeat the request later; if it fails again, report the traceId to the operator.";
            case UNAVAILABLE -> "Repeat the request in a moment.";
            default -> "Correct the request line, the headers or the framing of the body.";
        };
    }
}
