package com.misybot.tenancy.web;

import java.util.regex.Pattern;

/** Cells of CSV that are safe to open in a spreadsheet: one that it would take for a formula begins with an apostrophe. */
public final class CsvCells {

    /** What begins a formula, in ASCII or full width, or is skipped in front of one (OWASP, CSV Injection). */
    private static final String FORMULA = "[=+\\-@\\t\\r\\n\uFF1D\uFF0B\uFF0D\uFF20]";

    private static final Pattern TO_GUARD = Pattern.compile("'*" + FORMULA);
    private static final Pattern GUARDED = Pattern.compile("'+" + FORMULA);

    private CsvCells() {}

    /**
     * Makes a cell no formula. Apostrophes in front of what would be one get one more, so that {@link #unguard} is exact; any other
     * apostrophe stays as it is.
     */
    public static String guard(String value) {
        return TO_GUARD.matcher(value).lookingAt() ? "'" + value : value;
    }

    /** The value of a cell: takes off the apostrophe that {@link #guard} put on. */
    public static String unguard(String cell) {
        return GUARDED.matcher(cell).lookingAt() ? cell.substring(1) : cell;
    }
}
