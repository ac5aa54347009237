package com.misybot.tenancy.document.transfer;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lines of a body, one at a time, none of them longer in memory than one may be. */
final class DocumentLines {

    private final InputStream in;
    private final int most;
    private long number;

    /**
     * Reads lines.
     *
     * @param most bytes of one of them
     */
    DocumentLines(InputStream in, int most) {
        this.in = new BufferedInputStream(in, 64 * 1024);
        this.most = most;
    }

    /**
     * One line.
     *
     * @param number from 1
     * @param json what is on it; null where that is too long to be read
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Line(long number, byte @Nullable [] json) {

        boolean isBlank() {
            if (json == null) {
                return false;
            }
            for (var b : json) {
                if (b != ' ' && b != '\t' && b != '\r') {
                    return false;
                }
            }
            return true;
        }
    }

    /** The next line; null at the end. Waits for the client. */
    @Nullable
    Line next() throws IOException {
        var line = new ByteArrayOutputStream(512);
        var b = in.read();
        if (b < 0) {
            return null;
        }
        number++;
        var tooLong = false;
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() < most) {
                line.write(b);
            } else {
                tooLong = true;
            }
        }
        return new Line(number, tooLong ? null : line.toByteArray());
    }
}
