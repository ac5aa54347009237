package com.misybot.tenancy.tenant.transfer;

import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.WebProblem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Where a row of CSV (RFC 4180) ends, and what its cells are. */
final class CsvRow {

    /** Where in a cell one is. */
    private enum Place {
        BEGINNING,
        PLAIN,
        QUOTED,
        /** Behind a quote in a quoted cell: its end, or the first of a doubled one. */
        QUOTE,
        /** Behind the carriage return that follows a quoted cell. */
        RETURN,
        /** Where no row of CSV can come. */
        BROKEN
    }

    private Place place = Place.BEGINNING;

    /** Whether the row ends with this byte or character. */
    boolean endsWith(int c) {
        if (c == '\n' && !isOpen()) {
            return true;
        }
        pass(c);
        return false;
    }

    /** Whether a quoted cell has not ended yet. */
    boolean isOpen() {
        return place == Place.QUOTED;
    }

    /** Whether a closed quote is followed by text. */
    boolean isBroken() {
        return place == Place.BROKEN;
    }

    private void pass(int c) {
        place = switch (place) {
            case BEGINNING, PLAIN ->
                c == ',' ? Place.BEGINNING : c == '"' && place == Place.BEGINNING ? Place.QUOTED : Place.PLAIN;
            case QUOTED -> c == '"' ? Place.QUOTE : Place.QUOTED;
            case QUOTE ->
                switch (c) {
                    case '"' -> Place.QUOTED;
                    case ',' -> Place.BEGINNING;
                    case '\r' -> Place.RETURN;
                    default -> Place.BROKEN;
                };
            case RETURN, BROKEN -> Place.BROKEN;
        };
    }

    /**
     * The cells of a row.
     *
     * @throws com.misybot.tenancy.web.ProblemException 400 where it is not UTF-8
     */
    static List<String> cells(byte[] row) {
        var text = decode(row);
        var length = text.endsWith("\r") ? text.length() - 1 : text.length();
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        var state = new CsvRow();
        for (var i = 0; i < length; i++) {
            var before = state.place;
            var c = text.charAt(i);
            state.pass(c);
            if (state.place == Place.BEGINNING) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else if (state.place == Place.PLAIN || (state.place == Place.QUOTED && before != Place.BEGINNING)) {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }

    private static String decode(byte[] row) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(row))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Problem.of(WebProblem.INVALID_REQUEST, "The row is not UTF-8, which CSV must be here.")
                    .asException();
        }
    }
}
