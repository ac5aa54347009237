package com.misybot.tenancy.context;

import java.io.IOException;
import java.io.OutputStream;

/** A {@link TenantContext} as JSON, ready to be sent. */
public final class RenderedContext {

    private final JsonPart own;
    private final JsonPart shared;

    RenderedContext(JsonPart own, JsonPart shared) {
        this.own = own;
        this.shared = shared;
    }

    /** Its bytes. */
    public int length() {
        return own.length() + shared.length();
    }

    /** Writes it. */
    public void writeTo(OutputStream out) throws IOException {
        own.writeTo(out);
        shared.writeTo(out);
    }
}
