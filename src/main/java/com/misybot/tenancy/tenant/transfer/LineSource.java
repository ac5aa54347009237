package com.misybot.tenancy.tenant.transfer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gives the lines of an import one by one, and never more than one of them in memory. */
interface LineSource {

    /** Longest line in bytes, without its end. */
    int MAX_BYTES = 64 * 1024;

    /** The next line; null at the end. Waits for the client. */
    @Nullable
    RawLine next() throws IOException;
}
