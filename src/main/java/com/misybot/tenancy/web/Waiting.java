package com.misybot.tenancy.web;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * How long a caller wants to wait for long work, from {@code Prefer} (RFC 7240): {@code wait=N} with 0 to 60 seconds (more
 * is cut to 60), {@code respond-async}. As the RFC asks, what is not understood is ignored.
 *
 * @param duration how long to wait; null where the caller left it open
 * @param async whether the caller prefers 202 at once
 */
public record Waiting(@Nullable Duration duration, boolean async) {

    /** The longest wait. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    /** The header. */
    public static final String HEADER = "Prefer";
    /** The header of the answer. */
    public static final String APPLIED = "Preference-Applied";

    private static final Pattern PREFERENCE = Pattern.compile(
            "\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\\s*(?:=\\s*(?:\"([^\"]*)\"|([^\\s;,\"]*)))?\\s*(?:;.*)?");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    /** The wait, where the caller left it open {@code byDefault}; zero where an answer at once is preferred. */
    public Duration orDefault(Duration byDefault) {
        if (duration != null) {
            return duration;
        }
        return async ? Duration.ZERO : byDefault;
    }

    /** Says in the answer which preferences were honoured: {@code Preference-Applied}. */
    public void applied(HttpHeaders headers) {
        if (async) {
            headers.add(APPLIED, "respond-async");
        }
        if (duration != null) {
            headers.add(APPLIED, "wait=" + duration.toSeconds());
        }
    }

    /** Reads the header. */
    public static Waiting parse(List<String> headers) {
        Duration duration = null;
        var async = false;
        for (var header : headers) {
            for (var preference : header.split(",", -1)) {
                var matcher = PREFERENCE.matcher(preference);
                if (!matcher.matches()) {
                    continue;
                }
                var name = matcher.group(1).toLowerCase(Locale.ROOT);
                var value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
                if (name.equals("respond-async")) {
                    async = true;
                } else if (name.equals("wait") && duration == null && value != null) {
                    duration = seconds(value);
                }
            }
        }
        return new Waiting(duration, async);
    }

    private static @Nullable Duration seconds(String value) {
        if (!SECONDS.matcher(value).matches()) {
            return null;
        }
        return Duration.ofSeconds(Math.min(Long.parseLong(value), LONGEST.toSeconds()));
    }
}
