package com.misybot.tenancy.kernel;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a request beside its caller and is kept with what it changes. A job that nobody called for has none.
 *
 * @param keyId the key or secret that was shown, never a secret itself; null for a token of the issuer
 * @param network where it came from: the address without its last 8 bits (IPv4) or its last 80 bits (IPv6), so that it names a
 *     network and no person
 * @param requestId the id of its trace, 32 hexadecimal digits, which logs and problems carry too
 */
public record Sender(@Nullable String keyId, String network, String requestId) {}
