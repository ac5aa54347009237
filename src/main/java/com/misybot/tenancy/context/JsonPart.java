package com.misybot.tenancy.context;

import java.io.IOException;
import java.io.OutputStream;

/** A part of an answer, rendered once. */
final class JsonPart {

    private final byte[] bytes;

    /** Takes the array over: nobody changes it any more. */
    JsonPart(byte[] bytes) {
        this.bytes = bytes;
    }

    int length() {
        return bytes.length;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }
}
