package com.misybot.tenancy.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The service cannot work as it is set up, and no restart changes that. The message is one sentence that says what is wrong
 * and what to set; a start that fails with it writes that sentence in place of a stack trace and ends with
 * {@link #EXIT_CODE}.
 *
 * <p>It generates no exit code itself: Spring Boot would tell it to the listeners of a context whose beans are destroyed
 * already, make them anew, and log how that fails.
 */
public abstract class InvalidConfigurationException extends IllegalStateException {

    /** {@code EX_CONFIG} of {@code sysexits.h}. */
    public static final int EXIT_CODE = 78;

    private static final long serialVersionUID = 1L;

    /** Takes the sentence, which must not hold a secret. */
    protected InvalidConfigurationException(String message) {
        super(message);
    }

    /** Whether this failure comes from an invalid configuration. */
    public static boolean caused(@Nullable Throwable failure) {
        return failure != null && (failure instanceof InvalidConfigurationException || caused(failure.getCause()));
    }
}
