package com.misybot.tenancy.kernel;

import java.util.UUID;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Whose data a piece of work may touch. The scope decides which database role the work runs as; it is bound for the
 * duration of a call with {@link #call} and never changes inside a transaction.
 *
 * <p>{@link Tenant} is one tenant, {@link #platform()} is for what has no one tenant, {@link #keeper()} for what may delete
 * expired records and nothing else. Rows of the platform itself in a tenant-owned table belong to {@link #platformRows()}.
 */
public sealed interface Scope {

    /** The UUID of no tenant (RFC 9562, section 5.9), which rows of the platform itself carry. */
    UUID NIL = new UUID(0, 0);

    /** One tenant, whoever asked for the work. */
    record Tenant(UUID tenant) implements Scope {}

    /** What is nobody's in particular. */
    enum Shared implements Scope {
        PLATFORM,
        KEEPER
    }

    /** Lists, searches, counts, look-ups before a tenant is known, and creation. */
    static Scope platform() {
        return Shared.PLATFORM;
    }

    /** Deleting what has expired, under policies of its own. */
    static Scope keeper() {
        return Shared.KEEPER;
    }

    /** The platform's own rows in tenant-owned tables. */
    static Tenant platformRows() {
        return new Tenant(NIL);
    }

    /** The scope of one tenant. */
    static Tenant tenant(UUID tenant) {
        return new Tenant(tenant);
    }

    /**
     * The scope this thread works in.
     *
     * @throws NoScopeException where none is bound
     */
    static Scope current() {
        return Binding.CURRENT.orElseThrow(NoScopeException::new);
    }

    /** Whether a scope is bound at all. */
    static boolean isBound() {
        return Binding.CURRENT.isBound();
    }

    /**
     * Runs work in this scope.
     *
     * @throws ScopeChangedException where a transaction of another scope is open
     */
    default <T extends @org.jspecify.annotations.Nullable Object, X extends Throwable> T call(
            ScopedValue.CallableOp<? extends T, X> work) throws X {
        if (TransactionSynchronizationManager.isActualTransactionActive() && !(isBound() && equals(current()))) {
            throw new ScopeChangedException();
        }
        return ScopedValue.where(Binding.CURRENT, this).call(work);
    }

    /** Work that needs a scope was started without one. */
    final class NoScopeException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        NoScopeException() {
            super("No scope is bound: run this work inside Scope.call");
        }
    }

    /** Somebody tried to enter another scope while a transaction is open. */
    final class ScopeChangedException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        /** Raised by {@link Scope#call} and by the transaction manager. */
        public ScopeChangedException() {
            super("A transaction keeps the scope it began with: end it before entering another scope");
        }
    }

    /** Keeps the binding out of reach: only {@link Scope#call} may make one. */
    final class Binding {
        private static final ScopedValue<Scope> CURRENT = ScopedValue.newInstance();

        private Binding() {}
    }
}
