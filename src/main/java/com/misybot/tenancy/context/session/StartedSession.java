package com.misybot.tenancy.context.session;

import com.misybot.tenancy.context.KnownTenant;
import com.misybot.tenancy.kernel.OneTimeSecret;

/**
 * A session that has just begun.
 *
 * @param live the session
 * @param tenant whose it is
 * @param token what opens it, which nobody can ask for again
 */
public record StartedSession(LiveSession live, KnownTenant tenant, OneTimeSecret token) {}
