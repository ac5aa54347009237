package com.misybot.tenancy.tenant.transfer;

import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.WebProblem;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Newline-delimited JSON: LF or CRLF, the end of the last line may be missing, a byte order mark is passed over. */
final class NdjsonLines implements LineSource {

    static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Window window;
    private boolean begun;

    NdjsonLines(InputStream in) {
        this.window = new Window(in);
    }

    @Override
    public @Nullable RawLine next() throws IOException {
        if (!begun) {
            begun = true;
            window.skip(BYTE_ORDER_MARK);
        }
        var blank = true;
        for (var b = window.read(); b != '\n'; b = window.read()) {
            if (b == Window.END) {
                return window.length() == 0 ? null : line(blank, 0);
            }
            blank &= b == ' ' || b == '\t' || b == '\r';
            if (window.length() > MAX_BYTES + 1) {
                var number = window.line();
                window.skipLine();
                return new RawLine.Bad(number, tooLong());
            }
        }
        return line(blank, 1);
    }

    private RawLine line(boolean blank, int end) {
        var number = window.line();
        var json = window.content(end);
        window.moveStart();
        if (blank) {
            return new RawLine.Blank(number);
        }
        return json.length > MAX_BYTES && json[json.length - 1] != '\r'
                ? new RawLine.Bad(number, tooLong())
                : new RawLine.Content(number, json);
    }

    static Problem tooLong() {
        return Problem.of(
                WebProblem.BODY_TOO_LARGE,
                "A line has at most " + MAX_BYTES + " bytes; what follows it is read from the next line on.");
    }
}
