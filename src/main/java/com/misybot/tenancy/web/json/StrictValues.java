package com.misybot.tenancy.web.json;

import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.web.FieldError;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Pattern;

/** Texts of scalar values, in bodies and in parameters alike. */
public final class StrictValues {

    private static final Pattern INSTANT =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?([Zz]|[+]00:00)");
    private static final Pattern DURATION =
            Pattern.compile("P(?=[0-9T])([0-9]{1,9}D)?(T(?=[0-9])([0-9]{1,9}H)?([0-9]{1,9}M)?([0-9]{1,9}S)?)?");
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,18})");

    private StrictValues() {}

    /** An instant as RFC 3339 writes it in UTC, cut to microseconds. */
    public static Instant instant(String text) {
        try {
            if (INSTANT.matcher(text).matches()) {
                return java.time.OffsetDateTime.parse(text.replace('t', 'T').replace('z', 'Z'))
                        .toInstant()
                        .truncatedTo(ChronoUnit.MICROS);
            }
        } catch (DateTimeException e) {
            // a day that no calendar has: refused below
        }
        throw new InvalidValue(
                FieldError.FORMAT, "Give an instant in UTC as RFC 3339 writes it: 2026-01-31T12:00:00Z.");
    }

    /** A duration as ISO 8601 writes it, in days, hours, minutes and seconds; never negative. */
    public static Duration duration(String text) {
        if (DURATION.matcher(text).matches()) {
            return Duration.parse(text);
        }
        throw new InvalidValue(FieldError.FORMAT, "Give a duration as ISO 8601 writes it: P30D or PT24H.");
    }

    /** A UUID in its 36 characters. */
    public static UUID uuid(String text) {
        if (UUID_TEXT.matcher(text).matches()) {
            return UUID.fromString(text);
        }
        throw new InvalidValue(FieldError.FORMAT, "Give a UUID in its 36 characters.");
    }

    /** A whole number of 64 bits. */
    public static Long whole(String text) {
        try {
            if (WHOLE.matcher(text).matches()) {
                return Long.valueOf(text);
            }
        } catch (NumberFormatException e) {
            // beyond 64 bits: refused below
        }
        throw new InvalidValue(FieldError.TYPE, "Give a whole number.");
    }

    /** A whole number of 32 bits. */
    public static Integer smallWhole(String text) {
        var number = whole(text);
        if (number != number.intValue()) {
            throw new InvalidValue(FieldError.RANGE, "The number is too large for this field.");
        }
        return number.intValue();
    }

    /** {@code true} or {@code false}. */
    public static Boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidValue(FieldError.TYPE, "Give true or false.");
        };
    }
}
