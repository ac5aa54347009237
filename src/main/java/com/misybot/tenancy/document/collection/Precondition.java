package com.misybot.tenancy.document.collection;

import com.misybot.tenancy.document.DocumentProblem;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Under which condition a PUT is done. Without {@code If-Match} it makes what does not exist; what exists is replaced with
 * {@code If-Match} alone.
 *
 * @param ifMatch the version to replace; null makes a new one
 * @param onlyNew whether {@code If-None-Match: *} was sent
 */
public record Precondition(@Nullable IfMatch ifMatch, boolean onlyNew) {

    /**
     * Reads the two headers.
     *
     * @throws ProblemException 400 for both of them, and for {@code If-None-Match} with anything but {@code *}
     */
    public static Precondition of(@Nullable IfMatch ifMatch, @Nullable String ifNoneMatch) {
        if (ifNoneMatch != null && (ifMatch != null || !ifNoneMatch.strip().equals("*"))) {
            throw ProblemException.invalid(FieldError.header(
                    "If-None-Match",
                    FieldError.FORMAT,
                    "If-None-Match takes * here, and not beside If-Match: it makes what does not exist."));
        }
        return new Precondition(ifMatch, ifNoneMatch != null);
    }

    /** Refuses to replace what exists without having been told its version. */
    ProblemException refusedExisting() {
        return onlyNew ? DocumentProblem.exists() : DocumentProblem.matchRequired();
    }
}
