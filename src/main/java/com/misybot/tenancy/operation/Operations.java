package com.misybot.tenancy.operation;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.Jobs;
import com.misybot.tenancy.web.ETags;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.RestPaths;
import com.misybot.tenancy.web.WebProblem;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Long work: starts it, finds it, waits for it, cancels it.
 *
 * <p>An operation is started in the transaction that causes it, row and job together, and runs once that has committed. The
 * answer to a client is 202 with {@link #location} of it.
 */
public class Operations {

    /** Where operations stand. */
    public static final String PATH = RestPaths.API + "/operations";

    /** A caller asked a running operation to stop. */
    public static final String CANCEL_REQUESTED = "operation.cancel_requested";

    /** An operation was cancelled before it had begun. */
    public static final String CANCELLED = "operation.cancelled";

    private final OperationStore store;
    private final OperationHandlers handlers;
    private final OperationWatch watch;
    private final Jobs jobs;
    private final ScopedTransactions transactions;
    private final ApplicationEventPublisher changes;
    private final Clock clock;
    private final Semaphore waiting;

    Operations(
            OperationStore store,
            OperationHandlers handlers,
            OperationWatch watch,
            Jobs jobs,
            ScopedTransactions transactions,
            ApplicationEventPublisher changes,
            Clock clock,
            OperationSettings settings) {
        this.store = store;
        this.handlers = handlers;
        this.watch = watch;
        this.jobs = jobs;
        this.transactions = transactions;
        this.changes = changes;
        this.clock = clock;
        this.waiting = new Semaphore(settings.maxWaiting());
    }

    /** Where a client finds an operation, path-absolute: for {@code Location}. */
    public static URI location(UUID id) {
        return URI.create(PATH + "/" + id);
    }

    /**
     * Starts an operation in the current transaction, which is in the scope of its owner or of the platform.
     *
     * @throws IllegalArgumentException where no handler is there for its kind
     * @throws IllegalStateException without a transaction
     */
    public Operation start(OperationOrder order) {
        requireTransactionOf(order);
        var handler = handlers.of(order.kind());
        var operation = Operation.pending(
                UuidCreator.getTimeOrderedEpoch(), order, handler.steps(), handler.cancellable(), clock.instant());
        store.insert(operation, order.input());
        jobs.schedule(OperationJob.type(order.kind()), new JobId(order.owner().tenant(), operation.id()));
        return operation;
    }

    /** Finds an operation, without asking who wants to know. Enters the platform's scope. */
    public @Nullable Operation find(UUID id) {
        var found = transactions.read(Scope.platform(), () -> store.find(id));
        if (found != null) {
            watch.changed(found);
        }
        return found;
    }

    /**
     * Finds an operation that this caller may see.
     *
     * @throws ProblemException 404
     */
    public Operation find(UUID id, Caller caller) {
        return visible(find(id), caller);
    }

    /** A page of the operations that this caller may see. */
    public List<Operation> list(OperationFilter filter, Caller caller, Order order) {
        return transactions.read(Scope.platform(), () -> store.list(filter, new Visibility(caller), order));
    }

    /** How many operations this caller may see. */
    public long count(OperationFilter filter, Caller caller) {
        return transactions.read(Scope.platform(), () -> store.count(filter, new Visibility(caller)));
    }

    /**
     * Waits for an operation to end. Blocks its thread, which has to be a virtual one, with no transaction open.
     *
     * @param atMost how long; the answer comes earlier where too many wait already or the service is stopping
     * @return the operation as it is then; null where there is none
     */
    public @Nullable Operation await(UUID id, Duration atMost) throws InterruptedException {
        if (atMost.isZero() || !waiting.tryAcquire()) {
            return find(id);
        }
        try (var following = watch.follow(id)) {
            var deadline = System.nanoTime() + atMost.toNanos();
            var operation = find(id);
            while (operation != null && !operation.status().hasEnded()) {
                var left = deadline - System.nanoTime();
                var next = left <= 0 ? null : following.next(operation.version(), Duration.ofNanos(left));
                if (next == null) {
                    return operation;
                }
                operation = next;
            }
            return operation;
        } finally {
            waiting.release();
        }
    }

    /**
     * Has an operation that waits for its next attempt run at once, after a change that its run has to hear of. A hint: nothing is lost
     * where it comes to nothing. Without a transaction, or in one of the platform's scope.
     */
    public void hurry(Operation operation) {
        transactions.change(Scope.platform(), () -> {
            jobs.hurry(
                    OperationJob.type(operation.kind()),
                    new JobId(operation.owner().tenant(), operation.id()));
            return operation;
        });
    }

    /** Begins to follow an operation; read it after this. */
    public Following follow(UUID id) {
        return watch.follow(id);
    }

    /**
     * Cancels an operation: at once where it has not begun, else as soon as its run notices. Joins a transaction in the scope of
     * its owner.
     *
     * @param found what {@link #find(UUID, Caller)} gave; it is read again
     * @param ifMatch the version the caller has seen, where it says so
     * @throws ProblemException 404, 412, 409 {@code operation_ended}, 409 {@code operation_not_cancellable}
     */
    public Operation cancel(Operation found, Caller caller, Cause cause, @Nullable IfMatch ifMatch) {
        return transactions.change(found.owner(), () -> {
            var present = visible(store.lock(found.id()), caller);
            ETags.requireMatch(ifMatch, present.version());
            var now = clock.instant();
            var next = present.cancel(now);
            if (next.version() != present.version()) {
                save(present, next);
                changes.publishEvent(change(present, next, cause, now));
            }
            return next;
        });
    }

    /** Writes the next state in the current transaction and tells it once that has committed. */
    void save(Operation present, Operation next) {
        if (!saveUnlessMoved(present, next)) {
            throw new OptimisticLockingFailureException("Operation " + present.id() + " was changed by another run");
        }
    }

    /** The same, where nobody else has moved it on in between; says whether that was so. */
    boolean saveUnlessMoved(Operation present, Operation next) {
        if (!store.update(present, next)) {
            return false;
        }
        TransactionSynchronizationManager.registerSynchronization(new AfterCommit(() -> watch.changed(next)));
        return true;
    }

    private static Operation visible(@Nullable Operation operation, Caller caller) {
        if (operation == null || !new Visibility(caller).covers(operation)) {
            throw new ProblemException(
                    WebProblem.NOT_FOUND, "There is no such operation: it never was, or it ended too long ago.");
        }
        return operation;
    }

    private static Change change(Operation before, Operation operation, Cause cause, Instant now) {
        var cancelled = operation.status() == OperationStatus.CANCELLED;
        return new Change(
                UuidCreator.getTimeOrderedEpoch(),
                operation.owner().tenant(),
                cancelled ? CANCELLED : CANCEL_REQUESTED,
                operation.id().toString(),
                new TreeMap<>(
                        cancelled
                                ? Map.of("status", Difference.of(before.status(), operation.status()))
                                : Map.of("cancelRequestedAt", Difference.of(null, now))),
                cause,
                now);
    }

    private static void requireTransactionOf(OperationOrder order) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("An operation is started in the transaction that causes it: begin one");
        }
        if (Scope.current() instanceof Scope.Tenant scope && !scope.equals(order.owner())) {
            throw new IllegalStateException("A tenant's scope starts operations of that tenant only");
        }
    }

    /**
     * Which part of a list.
     *
     * @param descending whether the newest comes first
     * @param after where the page before ended
     * @param limit how many at most
     */
    public record Order(boolean descending, @Nullable Position after, int limit) {}

    /**
     * Where an operation stands in a list.
     *
     * @param createdAt what lists are ordered by
     * @param id what decides where two were created at once
     */
    public record Position(Instant createdAt, UUID id) {}
}
