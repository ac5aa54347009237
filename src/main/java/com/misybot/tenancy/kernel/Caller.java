package com.misybot.tenancy.kernel;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The authenticated sender of a request: who it is, what it may do and which tenants it may do it to.
 *
 * @param actor who acts
 * @param scopes the scopes of access it holds, such as {@code tenants:read}
 * @param reach the tenants it may see at all
 * @param audiences the audiences it may ask signed contexts for; {@link Audience#ANY} among them is all
 * @param keyId the key or secret it has shown, never a secret itself; null for a token of the issuer
 */
public record Caller(
        Actor actor,
        Set<String> scopes,
        Reach reach,
        Set<String> audiences,
        @Nullable String keyId) {

    public Caller {
        scopes = Set.copyOf(scopes);
        audiences = Set.copyOf(audiences);
    }

    /** A caller that may ask for no signed context. */
    public Caller(Actor actor, Set<String> scopes, Reach reach) {
        this(actor, scopes, reach, Set.of(), null);
    }

    /** Whether it may ask for a signed context for this audience. */
    public boolean mayAddress(Audience audience) {
        return audience.isIn(audiences);
    }
}
