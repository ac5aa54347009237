package com.misybot.tenancy.web;

import com.misybot.tenancy.kernel.Scope;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;

/**
 * Runs the effect of a request once. The answer to it is kept for 24 hours in the transaction of the effect, and is given
 * again, with {@code Idempotency-Replayed: true}, to whoever repeats key and body.
 *
 * <pre>{@code
 * @PostMapping
 * ResponseEntity<?> create(IdempotencyKey key, Cause cause, @Valid @RequestBody RegisterTenantRequest body) {
 *     return idempotency.once(key, Scope.platform(), () -> created(tenants.register(body.toCommand(), cause)));
 * }
 * }</pre>
 */
public interface Idempotency {

    /**
     * Runs {@code effect} in a transaction that changes something in {@code scope}, or replays the answer it gave before.
     * Without a key it just runs. Only 2xx answers are kept; an effect that throws leaves nothing.
     *
     * @throws ProblemException 409 {@code idempotency_in_progress} while the same request runs elsewhere, 422
     *     {@code idempotency_mismatch} where the key was used with another body
     */
    ResponseEntity<?> once(IdempotencyKey key, Scope scope, Supplier<? extends ResponseEntity<?>> effect);
}
