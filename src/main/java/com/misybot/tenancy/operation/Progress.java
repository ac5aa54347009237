package com.misybot.tenancy.operation;

import org.jspecify.annotations.Nullable;

/**
 * How much of an operation is done, in whatever it counts.
 *
 * @param done how many so far
 * @param total how many there are, where that is known
 */
public record Progress(long done, @Nullable Long total) {

    static final Progress NONE = new Progress(0, null);

    public Progress {
        if (done < 0 || (total != null && total < 0)) {
            throw new IllegalArgumentException("Progress is not negative");
        }
    }
}
