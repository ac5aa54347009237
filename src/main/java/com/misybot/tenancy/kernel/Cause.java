package com.misybot.tenancy.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Why something is changed, and by whom: the part of a {@link Change} that its caller knows.
 *
 * @param actor who acts
 * @param reason in the caller's words, 1 to 500 characters
 * @param ticket the caller's reference, up to 500 characters
 * @param sender what is known of the request that asked for it; null where none did
 */
public record Cause(
        Actor actor,
        @Nullable String reason,
        @Nullable String ticket,
        @Nullable Sender sender) {

    /** A cause that no request asked for. */
    public Cause(Actor actor, @Nullable String reason, @Nullable String ticket) {
        this(actor, reason, ticket, null);
    }

    /** A cause without words. */
    public static Cause of(Actor actor) {
        return new Cause(actor, null, null, null);
    }
}
