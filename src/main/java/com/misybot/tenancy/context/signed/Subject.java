package com.misybot.tenancy.context.signed;

import com.misybot.tenancy.kernel.Origin;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a signed context says.
 *
 * @param tenant whose context it is ({@code sub})
 * @param origin the origin it was resolved for, in its canonical form
 * @param version the version of the context ({@code ctx_version})
 * @param context its members by name, in the order in which they are written; none of them is one of {@link #RESERVED}
 */
public record Subject(UUID tenant, String origin, long version, Map<String, ? extends @Nullable Object> context) {

    /** Claims that the token itself has, with those of RFC 7519, section 4.1. */
    public static final Set<String> RESERVED =
            Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "origin", "ctx_version");

    public Subject {
        if (!Collections.disjoint(context.keySet(), RESERVED)) {
            throw new IllegalArgumentException("A context has no member that is a claim of the token: " + RESERVED);
        }
        context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
    }

    /** For an origin that was read. */
    public Subject(UUID tenant, Origin origin, long version, Map<String, ? extends @Nullable Object> context) {
        this(tenant, origin.toString(), version, context);
    }
}
