package com.misybot.tenancy.kernel;

import java.util.Set;

/**
 * The authenticated sender of a request: who it is, what it may do and which tenants it may do it to.
 *
 * @param actor who acts
 * @param scopes the scopes of access it holds, such as {@code tenants:read}
 * @param reach the tenants it may see at all
 */
public record Caller(Actor actor, Set<String> scopes, Reach reach) {

    public Caller {
        scopes = Set.copyOf(scopes);
    }
}
