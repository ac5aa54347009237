package com.misybot.tenancy.credential;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a secret follows another.
 *
 * @param overlap how long the one before is accepted still, {@code PT0S} to {@code P7D}
 * @param expiresAt when the new one ends, if ever
 */
public record Rotation(Duration overlap, @Nullable Instant expiresAt) {

    /** The reason that leaves no overlap where none is asked for: what is known to others ends at once. */
    public static final String LEAKED = "leaked";

    private static final Duration DEFAULT = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Instant LATEST_END = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * What a request asks for.
     *
     * @param overlap null for {@code PT1H}, or {@code PT0S} where the reason is {@value #LEAKED}, in capitals
     *     or not
     * @throws ProblemException 400 for an overlap that is too long or negative
     */
    public static Rotation asked(@Nullable Duration overlap, @Nullable Instant expiresAt, Cause cause) {
        if (overlap != null && (overlap.isNegative() || overlap.compareTo(LONGEST) > 0)) {
            throw ProblemException.invalid("/overlap", FieldError.RANGE, "An overlap lasts from PT0S to P7D.");
        }
        return new Rotation(
                overlap == null ? otherwise(cause) : overlap,
                expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS));
    }

    private static Duration otherwise(Cause cause) {
        return cause.reason() != null && LEAKED.equalsIgnoreCase(cause.reason().strip()) ? Duration.ZERO : DEFAULT;
    }

    /**
     * Refuses an end that no new secret can have.
     *
     * @throws ProblemException 400
     */
    public void requireFutureEnd(Instant now) {
        if (expiresAt != null && (!expiresAt.isAfter(now) || expiresAt.isAfter(LATEST_END))) {
            throw ProblemException.invalid(
                    "/expiresAt", FieldError.RANGE, "A secret ends in the future, and before the year 10000.");
        }
    }
}
