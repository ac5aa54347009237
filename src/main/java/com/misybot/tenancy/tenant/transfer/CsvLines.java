package com.misybot.tenancy.tenant.transfer;

import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of CSV as lines of JSON. A row bears the number of the line it begins on. Where a quoted cell is never closed, closed
 * too late or followed by text, only the line on which its row begins is refused and reading goes on behind it: one stray quote does not swallow the
 * rest of the file.
 */
final class CsvLines implements LineSource {

    private final Window window;
    private final CsvTenant header;

    /**
     * Reads the header.
     *
     * @throws ProblemException 400 where it is not one
     */
    CsvLines(InputStream in) throws IOException {
        this.window = new Window(in);
        window.skip(NdjsonLines.BYTE_ORDER_MARK);
        var end = readRow();
        if (end < 0) {
            throw refuseFirstLine().asException();
        }
        var row = window.content(end);
        window.moveStart();
        this.header = CsvTenant.withHeader(CsvRow.cells(row));
    }

    @Override
    public @Nullable RawLine next() throws IOException {
        var number = window.line();
        var end = readRow();
        if (end < 0) {
            return new RawLine.Bad(number, refuseFirstLine());
        }
        if (window.length() == 0) {
            return null;
        }
        var row = window.content(end);
        window.moveStart();
        if (isBlank(row)) {
            return new RawLine.Blank(number);
        }
        try {
            return new RawLine.Content(number, header.json(CsvRow.cells(row)));
        } catch (ProblemException e) {
            return new RawLine.Bad(number, e.problem());
        }
    }

    /**
     * Passes a row.
     *
     * @return how many bytes its end takes; negative where it has none within bounds
     */
    private int readRow() throws IOException {
        var row = new CsvRow();
        while (true) {
            var b = window.read();
            if (b == Window.END) {
                return row.isOpen() ? -1 : 0;
            }
            if (row.endsWith(b)) {
                return 1;
            }
            if (row.isBroken() || window.length() > MAX_BYTES) {
                return -1;
            }
        }
    }

    private Problem refuseFirstLine() throws IOException {
        window.back();
        var first = window.read();
        while (first != '\n' && first != Window.END && window.length() <= MAX_BYTES) {
            first = window.read();
        }
        if (first != '\n' && first != Window.END) {
            window.skipLine();
            return NdjsonLines.tooLong();
        }
        window.moveStart();
        return Problem.of(
                WebProblem.INVALID_REQUEST,
                "The quotes of this line are not those of CSV: a quoted cell is closed within " + MAX_BYTES
                        + " bytes and followed by a comma or the end of its row, and a quote in it is doubled.");
    }

    private static boolean isBlank(byte[] row) {
        for (var b : row) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
