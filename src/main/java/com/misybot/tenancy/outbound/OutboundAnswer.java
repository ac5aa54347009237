package com.misybot.tenancy.outbound;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of a call. Of the body of an answer nothing is kept here: it may be of a place that its reader may not see. */
public sealed interface OutboundAnswer {

    /** How long it took, from the look-up of the name to the end of the answer. */
    Duration latency();

    /**
     * Somebody answered.
     *
     * @param status of the answer, 100 to 599; a redirect is an answer like any other
     * @param retryAfter the header {@code Retry-After} as it was sent, at most 64 characters of it
     */
    record Answered(int status, @Nullable String retryAfter, Duration latency) implements OutboundAnswer {}

    /** Nobody did. */
    record Failed(Reason reason, Duration latency) implements OutboundAnswer {}

    /** Why there is no answer. */
    enum Reason {
        /** The URL leads where nothing is called; the same whether the name is unknown or its address refused. */
        UNREACHABLE,
        /** No connection came about. */
        CONNECT,
        /** The certificate is not the host's, or no encryption was agreed on. */
        TLS,
        /** There was no complete answer in time. */
        TIMEOUT,
        /** The connection broke, or what came was not HTTP. */
        BROKEN
    }
}
