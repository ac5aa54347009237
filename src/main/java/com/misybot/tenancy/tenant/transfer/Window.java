package com.misybot.tenancy.tenant.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A window that moves over a stream: what lies between its start and the place looked at is kept, so that a reader may go back
 * there. Knows the number of the line at its start.
 */
final class Window {

    static final int END = -1;

    private static final int ROOM = 16 * 1024;

    private final InputStream in;
    private byte[] bytes = new byte[LineSource.MAX_BYTES + ROOM];
    private int start;
    private int at;
    private int end;
    private long line = 1;
    private boolean ended;

    Window(InputStream in) {
        this.in = in;
    }

    /** The byte looked at, which is passed; {@link #END} at the end of the stream. */
    int read() throws IOException {
        if (at == end && !fill()) {
            return END;
        }
        return bytes[at++] & 0xFF;
    }

    /** How many bytes have been passed since the start. */
    int length() {
        return at - start;
    }

    /** What has been passed since the start, without so many bytes at its end. */
    byte[] content(int without) {
        return Arrays.copyOfRange(bytes, start, Math.max(start, at - without));
    }

    /** The number of the line at the start. */
    long line() {
        return line;
    }

    /** Begins anew at the byte looked at. */
    void moveStart() {
        for (var i = start; i < at; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        start = at;
    }

    /** Goes back to the start. */
    void back() {
        at = start;
    }

    /** Skips the rest of a line, and begins anew behind it. */
    void skipLine() throws IOException {
        int b;
        do {
            if (length() >= LineSource.MAX_BYTES) {
                moveStart();
            }
            b = read();
        } while (b != '\n' && b != END);
        moveStart();
    }

    /** Passes these bytes where they come next, and begins anew behind them. */
    void skip(byte[] prefix) throws IOException {
        for (var expected : prefix) {
            if (read() != (expected & 0xFF)) {
                back();
                return;
            }
        }
        moveStart();
    }

    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        if (end == bytes.length) {
            System.arraycopy(bytes, start, bytes, 0, end - start);
            at -= start;
            end -= start;
            start = 0;
            if (end == bytes.length) {
                bytes = Arrays.copyOf(bytes, bytes.length + ROOM);
            }
        }
        var read = in.read(bytes, end, bytes.length - end);
        if (read <= 0) {
            ended = true;
            return false;
        }
        end += read;
        return true;
    }
}
