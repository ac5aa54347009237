package com.misybot.tenancy.document.transfer;

import com.misybot.tenancy.web.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What became of a line.
 *
 * @param line its number, from 1
 * @param id the document it names; null where it names none that can be shown
 * @param problem why it was refused; null where it was not
 */
public record ImportedLine(
        long line,
        Status status,
        @Nullable String id,
        @Nullable Problem problem) {

    /** What can become of a line. */
    public enum Status {
        CREATED,
        REPLACED,
        REFUSED
    }
}
