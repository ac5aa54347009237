package com.misybot.tenancy.event.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} (RFC 9110, section 10.2.3): seconds or a date. */
final class RetryAfter {

    private RetryAfter() {}

    /** How long that is from now; null for what is no such header, or has passed. */
    static @Nullable Duration parse(@Nullable String text, Instant now) {
        if (text == null) {
            return null;
        }
        if (text.matches("[0-9]{1,9}")) {
            return positive(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            return positive(Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()));
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static @Nullable Duration positive(Duration delay) {
        return delay.isPositive() ? delay : null;
    }
}
