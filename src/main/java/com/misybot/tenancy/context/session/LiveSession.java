package com.misybot.tenancy.context.session;

import java.time.Instant;

/**
 * A session that may be used.
 *
 * @param session what is kept
 * @param expiresAt when it ends if it is not used again
 */
public record LiveSession(Session session, Instant expiresAt) {}
