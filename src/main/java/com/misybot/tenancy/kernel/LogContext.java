package com.misybot.tenancy.kernel;

import org.slf4j.MDC;

/**
 * Says in every line of the log whom the work of this thread is about. What begins a piece of work sets it and clears it in
 * the end; whoever learns in between which tenant it is adds that.
 */
public final class LogContext {

    private static final String ACTOR = "actor";
    private static final String TENANT = "tenant";

    private LogContext() {}

    /** The work is this actor's. */
    public static void actor(Actor actor) {
        MDC.put(ACTOR, actor.toString());
    }

    /** The work is about this tenant. */
    public static void tenant(TenantId tenant) {
        MDC.put(TENANT, tenant.value());
    }

    /** The work is over. */
    public static void clear() {
        MDC.remove(ACTOR);
        MDC.remove(TENANT);
    }
}
