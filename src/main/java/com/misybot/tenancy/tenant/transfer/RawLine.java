package com.misybot.tenancy.tenant.transfer;

import com.misybot.tenancy.web.Problem;

/** One line of an import as it came. */
sealed interface RawLine {

    /** Where it stands in the body, from 1. */
    long number();

    /** JSON to be read, in UTF-8 for all we know. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Content(long number, byte[] json) implements RawLine {}

    /** Nothing but white space. */
    record Blank(long number) implements RawLine {}

    /** Nothing that could be read at all. */
    record Bad(long number, Problem problem) implements RawLine {}
}
