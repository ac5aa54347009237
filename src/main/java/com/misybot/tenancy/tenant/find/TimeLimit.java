package com.misybot.tenancy.tenant.find;

import com.misybot.tenancy.tenant.TenantProblem;
import com.misybot.tenancy.web.ProblemException;
import java.sql.SQLException;
import java.util.function.Supplier;

/** Tells a question that took too long from one that failed. */
final class TimeLimit {

    /** PostgreSQL's {@code query_canceled}: the statement timeout. */
    private static final String CANCELLED = "57014";

    private TimeLimit() {}

    static <T> T refusingTheTooBroad(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            if (hasPassed(e)) {
                throw new ProblemException(
                        TenantProblem.FILTER_TOO_BROAD,
                        "Answering this takes more than a second: add a filter that fewer tenants pass, or sort by"
                                + " another field.");
            }
            throw e;
        }
    }

    static boolean hasPassed(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && CANCELLED.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
