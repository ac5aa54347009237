package com.misybot.tenancy.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a problem as the answer to a request: the one place where problems become bytes, used by the advice, by filters and
 * by the entry points of security alike.
 */
public final class ProblemWriter {

    /** Attribute of a request with the code of the problem that it was answered with. */
    public static final String CODE = ProblemWriter.class.getName() + ".code";

    private static final Logger LOG = LoggerFactory.getLogger("com.misybot.tenancy.problems");
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Answers a request with a problem; leaves an answer that has already begun as it is. */
    public void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        log(request, problem);
        request.setAttribute(CODE, problem.code().code());
        response.resetBuffer();
        response.setStatus(problem.code().status().value());
        problem.headers().forEach(response::setHeader);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentType("application/problem+json");
        var body = body(Trace.idOf(request), problem);
        response.setContentLength(body.length);
        if (!HttpMethod.HEAD.matches(request.getMethod())) {
            response.getOutputStream().write(body);
        }
        response.flushBuffer();
    }

    /** The body of the answer. */
    public static byte[] body(String traceId, Problem problem) {
        var json = new LinkedHashMap<String, Object>();
        json.put("type", problem.code().type());
        json.put("title", problem.code().title());
        json.put("status", problem.code().status().value());
        json.put("detail", problem.detail());
        json.put("code", problem.code().code());
        if (!problem.errors().isEmpty()) {
            json.put("errors", problem.errors());
        }
        json.putAll(problem.members());
        json.put("traceId", traceId);
        return JSON.writeValueAsBytes(json);
    }

    private static void log(HttpServletRequest request, Problem problem) {
        var status = problem.code().status();
        if (status.is5xxServerError()) {
            LOG.error(
                    "{} {}: {} {}",
                    request.getMethod(),
                    route(request),
                    status.value(),
                    problem.code().code());
        } else if (LOG.isInfoEnabled()) {
            LOG.info(
                    "{} {}: {} {}",
                    request.getMethod(),
                    route(request),
                    status.value(),
                    problem.code().code());
        }
    }

    /** The pattern rather than the path, which a caller fills with what it likes. */
    private static Object route(HttpServletRequest request) {
        var pattern = request.getAttribute("org.springframework.web.servlet.HandlerMapping.bestMatchingPattern");
        return pattern == null ? "(no route)" : pattern;
    }
}
