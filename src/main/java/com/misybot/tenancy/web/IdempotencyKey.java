package com.misybot.tenancy.web;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Idempotency-Key} of a request with all it stands for, as a parameter of a handler method; hand it to
 * {@link Idempotency#once}. A request without the header has one too, and so has one of a caller without a credential, who
 * cannot use it.
 */
public final class IdempotencyKey {

    /** The header. */
    public static final String HEADER = "Idempotency-Key";

    private static final IdempotencyKey NONE = new IdempotencyKey(null, () -> new byte[0]);

    private final byte @Nullable [] request;
    private final Supplier<byte[]> body;

    /**
     * A key that was sent.
     *
     * @param request a digest of principal, method, path with query and key; null where no key was sent
     * @param body the raw body as it was received
     */
    public IdempotencyKey(byte @Nullable [] request, Supplier<byte[]> body) {
        this.request = request;
        this.body = body;
    }

    /** No key was sent. */
    public static IdempotencyKey none() {
        return NONE;
    }

    /** Digest of principal, method, path with query and key; null where no key was sent. */
    public byte @Nullable [] request() {
        return request;
    }

    /** The raw body. */
    public byte[] body() {
        return body.get();
    }
}
