package com.misybot.tenancy.web.mvc;

import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.WebProblem;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionTimedOutException;

/** Which failures pass by themselves: the caller is told to come back instead of being told of an error. */
final class StoreFailures {

    private static final Duration RETRY = Duration.ofSeconds(5);

    /** Classes of SQLSTATE: connection, transaction rolled back, resources, operator intervention (PostgreSQL, appendix A). */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "57");

    /** Lock not available, a transaction that was idle or took too long. */
    private static final Set<String> PASSING_STATES = Set.of("55P03", "25P03", "25P04");

    private StoreFailures() {}

    static boolean isUnavailable(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (passes(cause)) {
                return true;
            }
        }
        return false;
    }

    static Problem unavailable() {
        return Problem.of(WebProblem.UNAVAILABLE, "Repeat the request after the time that Retry-After says.")
                .retryAfter(RETRY);
    }

    /** What is neither known nor passing. */
    static Problem other(Throwable e) {
        return e instanceof DuplicateKeyException
                ? Problem.of(WebProblem.CONFLICT, "Something with this name or key exists: choose another.")
                : Problem.of(
                        WebProblem.INTERNAL_ERROR,
                        "Repeat the request later; if it fails again, report the traceId to the operator.");
    }

    private static boolean passes(Throwable e) {
        return switch (e) {
            case TransientDataAccessException _,
                    RecoverableDataAccessException _,
                    DataAccessResourceFailureException _,
                    CannotCreateTransactionException _,
                    TransactionTimedOutException _,
                    SQLTransientException _,
                    RejectedExecutionException _ -> true;
            case SQLException sql -> passes(sql.getSQLState());
            default -> false;
        };
    }

    private static boolean passes(@org.jspecify.annotations.Nullable String state) {
        return state != null
                && state.length() == 5
                && (PASSING_CLASSES.contains(state.substring(0, 2)) || PASSING_STATES.contains(state));
    }
}
