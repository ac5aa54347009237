package com.misybot.tenancy.tenant;

import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import org.hibernate.exception.ConstraintViolationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** What a failed transaction means to one who sends many tenants. */
public final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    /** The foreign key from a tenant to its plan. */
    private static final String PLAN_KEY = "tenant_plan_fkey";

    private Failures() {}

    /** Whether it passes by itself: nothing is wrong with what was sent. */
    static boolean pass(RuntimeException e) {
        return e instanceof TransactionException
                || e instanceof TransientDataAccessException
                || e instanceof RecoverableDataAccessException
                || e instanceof DataAccessResourceFailureException;
    }

    /** Whether a plan was deleted while a tenant was being given it. */
    static boolean isPlanGone(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConstraintViolationException broken && PLAN_KEY.equals(broken.getConstraintName())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Sends what is to be stored to the database.
     *
     * @throws com.misybot.tenancy.web.ProblemException 422 {@code plan_unknown} where the plan was deleted meanwhile
     */
    static void flush(EntityManager entities) {
        try {
            entities.flush();
        } catch (PersistenceException e) {
            throw isPlanGone(e) ? TenantProblem.planUnknown() : e;
        }
    }

    /** What the sender is told; what should not have happened is logged. */
    public static Problem problem(RuntimeException e) {
        if (e instanceof ProblemException known) {
            return known.problem();
        }
        if (isPlanGone(e)) {
            return TenantProblem.planUnknown().problem();
        }
        if (pass(e)) {
            return Problem.of(WebProblem.UNAVAILABLE, "The database did not answer: send this line again.");
        }
        if (e instanceof DataIntegrityViolationException) {
            return Problem.of(
                    WebProblem.CONFLICT, "The database does not take this tenant beside what it has: send it again.");
        }
        LOG.error("A tenant could not be taken in", e);
        return Problem.of(
                WebProblem.INTERNAL_ERROR,
                "Send this line again later; if it fails again, report the traceId to the operator.");
    }
}
