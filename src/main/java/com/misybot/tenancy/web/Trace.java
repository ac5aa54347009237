package com.misybot.tenancy.web;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The W3C trace context of a request.
 *
 * @param traceId 32 hexadecimal digits, never all zero
 * @param spanId 16 hexadecimal digits, never all zero
 * @param sampled whether the trace is recorded
 */
public record Trace(String traceId, String spanId, boolean sampled) {

    /** The header. */
    public static final String HEADER = "traceparent";

    private static final String ATTRIBUTE = Trace.class.getName();
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    /** The trace the request belongs to: kept, sent by the caller, or begun here. */
    public static Trace of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Trace kept) {
            return kept;
        }
        var sent = parse(request.getHeader(HEADER));
        var trace = new Trace(sent == null ? random(16) : sent.traceId, random(8), sent != null && sent.sampled);
        trace.keep(request);
        return trace;
    }

    /** Id of the trace the request belongs to. */
    public static String idOf(HttpServletRequest request) {
        return of(request).traceId;
    }

    /** Makes this the request's trace. */
    public void keep(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** The header of the answer. */
    public String header() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }

    private static @Nullable Trace parse(@Nullable String header) {
        if (header == null || header.length() > 256) {
            return null;
        }
        var matcher = TRACEPARENT.matcher(header);
        if (!matcher.matches() || (header.startsWith("00-") && header.length() != 55)) {
            return null;
        }
        var flags = Integer.parseInt(matcher.group(3), 16);
        return new Trace(matcher.group(1), matcher.group(2), (flags & 1) == 1);
    }

    private static String random(int bytes) {
        var id = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(id);
        id[bytes - 1] |= 1;
        return HexFormat.of().formatHex(id);
    }
}
