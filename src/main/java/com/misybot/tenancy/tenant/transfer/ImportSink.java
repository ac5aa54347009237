package com.misybot.tenancy.tenant.transfer;

import java.io.IOException;
import java.util.List;

/** Where the results go: to the client, which may be slow to read them. */
public interface ImportSink {

    /** Sends results, in the order of their lines, at once. */
    void send(List<ImportResult> results) throws IOException;
}
