package com.misybot.tenancy.document.mongo;

import com.misybot.tenancy.document.DocumentProblem;
import com.misybot.tenancy.tenant.TenantProblem;
import com.misybot.tenancy.web.ProblemException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoSocketException;
import com.mongodb.client.MongoDatabase;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one door to MongoDB: one client for all tenants. Every call ends within a quarter of a second where there is no server, and
 * within {@code tenancy.document.timeout} for each answer where there is one; when calls keep failing the door stays shut for a
 * second, and nobody waits at all.
 */
public final class MongoDoor {

    private static final Logger LOG = LoggerFactory.getLogger(MongoDoor.class);

    private final @Nullable MongoDatabase database;
    private final CircuitBreaker circuit;
    private final Duration timeout;

    MongoDoor(@Nullable MongoDatabase database, CircuitBreaker circuit, Duration timeout) {
        this.database = database;
        this.circuit = circuit;
        this.timeout = timeout;
    }

    /** Whether there is a MongoDB at all. */
    public boolean isConfigured() {
        return database != null;
    }

    /** Whether calls are let through for now. */
    public boolean isOpen() {
        return database != null && circuit.getState() != CircuitBreaker.State.OPEN;
    }

    /**
     * Refuses where there is no MongoDB.
     *
     * @throws ProblemException 501 {@code documents_off}
     */
    public void requireOn() {
        if (database == null) {
            throw DocumentProblem.off();
        }
    }

    /** How long one answer may take. */
    Duration timeout() {
        return timeout;
    }

    /**
     * Asks MongoDB something.
     *
     * @param work with the database; what it raises of a duplicate key is its own to catch
     * @throws MongoAwayException where MongoDB does not answer in time or answers with an error
     * @throws ProblemException 501 without MongoDB, 422 {@code filter_too_broad} where MongoDB gave up
     */
    <T extends @Nullable Object> T call(Function<MongoDatabase, T> work) {
        var open = database;
        if (open == null) {
            throw DocumentProblem.off();
        }
        try {
            circuit.acquirePermission();
        } catch (CallNotPermittedException _) {
            throw new MongoAwayException();
        }
        var began = System.nanoTime();
        try {
            var answer = work.apply(open);
            circuit.onSuccess(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            return answer;
        } catch (MongoInterruptedException e) {
            circuit.releasePermission();
            throw new MongoAwayException();
        } catch (MongoException e) {
            throw failed(e, System.nanoTime() - began);
        } catch (RuntimeException e) {
            circuit.releasePermission();
            throw e;
        }
    }

    private RuntimeException failed(MongoException e, long nanos) {
        if (e instanceof MongoExecutionTimeoutException) {
            circuit.onSuccess(nanos, TimeUnit.NANOSECONDS); // it did answer
            return new ProblemException(
                    TenantProblem.FILTER_TOO_BROAD,
                    "MongoDB cannot answer this in time: filter by an indexed field, or narrow the filter.");
        }
        if (e instanceof MongoSocketException || e instanceof MongoClientException) {
            circuit.onError(nanos, TimeUnit.NANOSECONDS, e);
        } else {
            circuit.onSuccess(nanos, TimeUnit.NANOSECONDS);
        }
        LOG.warn("MongoDB did not do what it was asked: {} {}", e.getClass().getSimpleName(), e.getCode());
        return new MongoAwayException();
    }
}
