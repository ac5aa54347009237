package com.misybot.tenancy.onboarding;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.WebProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Bounds how many applications come from one network within an hour, exactly and over all instances. Counts before anything else is done
 * for a request, and outside of the lock of the platform's own rows.
 */
@Component
class Visits {

    private static final Duration HOUR = Duration.ofHours(1);

    private final ScopedTransactions transactions;
    private final JdbcClient jdbc;
    private final OnboardingSettings settings;
    private final Refusals refusals;

    Visits(ScopedTransactions transactions, JdbcClient jdbc, OnboardingSettings settings, Refusals refusals) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.settings = settings;
        this.refusals = refusals;
    }

    /**
     * Counts one more.
     *
     * @param network as {@link com.misybot.tenancy.kernel.Sender#network} names it
     * @throws com.misybot.tenancy.web.ProblemException 429 {@code too_many_requests} with {@code Retry-After}
     */
    void count(String network) {
        var wait = transactions.change(Scope.platform(), () -> enter(network, transactions.now()));
        if (wait != null) {
            throw refusals.of(Problem.of(
                            WebProblem.TOO_MANY_REQUESTS,
                            "Your network has applied " + settings.applicationsAnHour()
                                    + " times within an hour: try again later.")
                    .retryAfter(wait.plusMillis(999)));
        }
    }

    /** Null where there was room. */
    private @Nullable Duration enter(String network, Instant now) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('onboarding:' || ?, 0))")
                .param(network)
                .query((_, _) -> true)
                .single();
        jdbc.sql("delete from onboarding_visit where network = ? and at <= ?")
                .params(network, ApplicationRows.timestamp(now.minus(HOUR)))
                .update();
        var latest = jdbc.sql("select at from onboarding_visit where network = ? order by at desc limit ?")
                .params(network, settings.applicationsAnHour())
                .query(OffsetDateTime.class)
                .list();
        if (latest.size() >= settings.applicationsAnHour()) {
            return Duration.between(now, latest.getLast().toInstant().plus(HOUR));
        }
        jdbc.sql("insert into onboarding_visit (network, id, at) values (?, ?, ?)")
                .params(network, UuidCreator.getTimeOrderedEpoch(), ApplicationRows.timestamp(now))
                .update();
        return null;
    }

    /** Forgets networks that have not come back. */
    void forget() {
        transactions.change(
                Scope.platform(),
                () -> jdbc.sql("delete from onboarding_visit where at <= now() - interval '1 hour'")
                        .update());
    }
}
