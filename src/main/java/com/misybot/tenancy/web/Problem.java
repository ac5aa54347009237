package com.misybot.tenancy.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/**
 * What went wrong with one request, as RFC 9457 tells it. Immutable; each {@code with…} answers a copy.
 *
 * @param code which kind of problem it is
 * @param detail what to do about it; never a stack trace, an SQL text, a class or a host name
 * @param errors each bad field
 * @param members further members, such as {@code allowed} of an illegal transition
 * @param headers headers of the answer, such as {@code Retry-After}
 */
public record Problem(
        ProblemCode code,
        String detail,
        List<FieldError> errors,
        Map<String, Object> members,
        Map<String, String> headers) {

    public Problem {
        errors = List.copyOf(errors);
        members = new LinkedHashMap<>(members);
        headers = new LinkedHashMap<>(headers);
    }

    /** A problem of this kind. */
    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, List.of(), Map.of(), Map.of());
    }

    /** A problem with the fields that caused it. */
    public static Problem of(ProblemCode code, String detail, List<FieldError> errors) {
        return new Problem(code, detail, errors, Map.of(), Map.of());
    }

    /** Adds a member of its own; the value must be something JSON can tell. */
    public Problem with(String member, Object value) {
        var all = new LinkedHashMap<>(members);
        all.put(member, value);
        return new Problem(code, detail, errors, all, headers);
    }

    /** Adds a header to the answer. */
    public Problem withHeader(String name, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Problem(code, detail, errors, members, all);
    }

    /** Says when to try again; full seconds, at least 1. */
    public Problem retryAfter(Duration wait) {
        return withHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, wait.toSeconds())));
    }

    /** As something to throw. */
    public ProblemException asException() {
        return new ProblemException(this);
    }
}
