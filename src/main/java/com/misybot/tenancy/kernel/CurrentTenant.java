package com.misybot.tenancy.kernel;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The tenant a piece of work is done for. It holds for the duration of {@link #call} on the thread of the call, and for what the
 * call begins on other threads where that is {@link #carried(Runnable) carried} there: what {@code @Async}, asynchronous
 * listeners and the {@code TaskScheduler} run is carried by itself, and a job has the tenant it belongs to.
 *
 * <p>It says whom the work is for, in logs, spans and calls to other services; it gives no access to anything. Whose data may
 * be touched is the {@link Scope}, which is bound for each transaction and never carried.
 *
 * @param id the tenant's UUID
 * @param tenantId its slug
 * @param version of its context when the work began
 */
public record CurrentTenant(UUID id, TenantId tenantId, long version) {

    private static final ScopedValue<@Nullable CurrentTenant> CURRENT = ScopedValue.newInstance();

    /** Finds the tenant with a UUID, for work that carries nothing else of it. */
    @FunctionalInterface
    public interface Directory {

        /** The tenant as it is now; empty where there is none. */
        Optional<CurrentTenant> find(UUID id);
    }

    /** A tenant to work for. */
    public static CurrentTenant of(UUID id, TenantId tenantId, long version) {
        return new CurrentTenant(id, tenantId, version);
    }

    /** The tenant this thread works for; empty where the work is nobody's in particular. */
    public static Optional<CurrentTenant> current() {
        return CURRENT.isBound() ? Optional.ofNullable(CURRENT.get()) : Optional.empty();
    }

    /** Works for this tenant; what follows is for whom it was before. */
    public <T extends @Nullable Object, X extends Throwable> T call(ScopedValue.CallableOp<? extends T, X> work)
            throws X {
        return LogContext.<T, X>about(
                tenantId, () -> ScopedValue.where(CURRENT, this).<T, X>call(work));
    }

    /** Works for this tenant; what follows is for whom it was before. */
    public void run(Runnable work) {
        this.<@Nullable Void, RuntimeException>call(() -> {
            work.run();
            return null;
        });
    }

    /** The same for another thread to do, for the tenant of this one or for none, and as a part of its work. */
    public static Runnable carried(Runnable part) {
        var tenant = current().orElse(null);
        var logged = LogContext.carried(part);
        return () -> ScopedValue.where(CURRENT, tenant).run(logged);
    }

    /** The same for another thread to do, for the tenant of this one or for none, and as a part of its work. */
    public static <T extends @Nullable Object> Callable<T> carried(Callable<T> part) {
        var tenant = current().orElse(null);
        var logged = LogContext.carried(part);
        return () -> ScopedValue.where(CURRENT, tenant).call(logged::call);
    }

    /**
     * The same for a later time: for the tenant of this thread, but as work of its own, with a trace of its own. Unchanged where
     * this thread works for nobody in particular.
     */
    public static Runnable later(Runnable task) {
        return current().<Runnable>map(tenant -> () -> tenant.run(task)).orElse(task);
    }
}
