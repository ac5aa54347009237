package com.misybot.tenancy.kernel;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Says in every line of the log whom the work of this thread is about. What begins a piece of work sets it and clears it in
 * the end; whoever learns in between which tenant it is adds that; whoever gives a part of the work to another thread carries
 * it there, and the trace with it.
 */
public final class LogContext {

    /** Name of the tenant in logs and spans; never in a metric, which would get a series for each. */
    public static final String TENANT = "tenant";

    private static final String ACTOR = "actor";

    /** Named one by one: what else is bound to a thread stays there. */
    private static final ContextSnapshotFactory CARRIED = ContextSnapshotFactory.builder()
            .contextRegistry(new ContextRegistry()
                    .registerThreadLocalAccessor(ObservationThreadLocalAccessor.getInstance())
                    .registerThreadLocalAccessor(new Slf4jThreadLocalAccessor(ACTOR, TENANT)))
            .build();

    private LogContext() {}

    /** The work is this actor's. */
    public static void actor(Actor actor) {
        MDC.put(ACTOR, actor.toString());
    }

    /** The work is about this tenant, which its span says too. */
    public static void tenant(TenantId tenant) {
        MDC.put(TENANT, tenant.value());
        var observation = ObservationThreadLocalAccessor.getInstance().getValue();
        if (observation != null) {
            observation.highCardinalityKeyValue(TENANT, tenant.value());
        }
    }

    /** The tenantId this work is known to be about. */
    public static @Nullable String tenant() {
        return MDC.get(TENANT);
    }

    /** This part of the work is about this tenant; what follows it is about whom it was about before. */
    public static <T extends @Nullable Object, X extends Throwable> T about(
            TenantId tenant, ScopedValue.CallableOp<? extends T, X> part) throws X {
        var before = MDC.get(TENANT);
        MDC.put(TENANT, tenant.value());
        try {
            return part.call();
        } finally {
            if (before == null) {
                MDC.remove(TENANT);
            } else {
                MDC.put(TENANT, before);
            }
        }
    }

    /** The same for another thread to do, as a part of the work of this one. */
    public static Runnable carried(Runnable part) {
        return CARRIED.captureAll().wrap(part);
    }

    /** The same for another thread to do, as a part of the work of this one. */
    public static <T extends @Nullable Object> Callable<T> carried(Callable<T> part) {
        return CARRIED.captureAll().wrap(part);
    }

    /** The work is over. */
    public static void clear() {
        MDC.remove(ACTOR);
        MDC.remove(TENANT);
    }
}
