package com.misybot.tenancy.kernel;

/**
 * A secret that leaves the service once, in the answer to the request that made it. It prints as nothing readable, and the
 * idempotency record of that answer keeps {@code null} in its place.
 *
 * @param value the secret itself
 */
public record OneTimeSecret(String value) {

    @Override
    public String toString() {
        return "OneTimeSecret[withheld]";
    }
}
