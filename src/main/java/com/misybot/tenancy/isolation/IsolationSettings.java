package com.misybot.tenancy.isolation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the service logs in to PostgreSQL. The URL itself is {@code spring.datasource.url}.
 *
 * @param owner the role that owns the tables and migrates them
 * @param tenant the role of work for one tenant
 * @param platform the role of work that has no one tenant
 * @param keeper the role that deletes what has expired
 * @param poolSize connections in the pool of the tenant role, and again in that of the platform role
 * @param connectionTimeout how long a request waits for a connection before it is answered 503, and a change for its turn
 * @param jobChanges how many changes of jobs are under way at once; 0 for as many as there are processors, and no less than 2. Four fifths of the
 *     connections are for changes, of jobs and of requests
 * @param changesBesideReads how many changes of requests, and again of jobs, are under way at once while others read; 0 for one on every two
 *     processors, and no less than 1
 */
@ConfigurationProperties("tenancy.isolation")
record IsolationSettings(
        @DefaultValue Login owner,
        @DefaultValue Login tenant,
        @DefaultValue Login platform,
        @DefaultValue Login keeper,
        @DefaultValue("10") int poolSize,
        @DefaultValue("5s") Duration connectionTimeout,
        @DefaultValue("0") int jobChanges,
        @DefaultValue("0") int changesBesideReads) {

    private static final int FEWEST = 2;

    IsolationSettings {
        requireNotNegative("tenancy.isolation.job-changes", jobChanges);
        requireNotNegative("tenancy.isolation.changes-beside-reads", changesBesideReads);
    }

    private static void requireNotNegative(String setting, int changes) {
        if (changes < 0) {
            throw new IllegalArgumentException(setting + " must not be negative");
        }
    }

    /** Changes leave some connections to those who read. */
    int changesAtOnce() {
        return Math.max(1, poolSize * 4 / 5);
    }

    /** Jobs use the processors: more of them at once get nothing done sooner, and keep requests waiting. */
    int jobChangesAtOnce() {
        return jobChanges == 0 ? Math.max(FEWEST, Runtime.getRuntime().availableProcessors()) : jobChanges;
    }

    /** With those of jobs they have all processors at most, and none of them is in line for one. */
    int changesBesideReadsAtOnce() {
        return changesBesideReads == 0
                ? Math.max(1, Runtime.getRuntime().availableProcessors() / 2)
                : changesBesideReads;
    }

    Login login(DatabaseRole role) {
        return switch (role) {
            case OWNER -> owner;
            case TENANT -> tenant;
            case PLATFORM -> platform;
            case KEEPER -> keeper;
        };
    }

    /**
     * A login of the service.
     *
     * @param username name of the role; by default {@code tenancy_} and the scope
     * @param password its password
     */
    record Login(@Nullable String username, @Nullable String password) {

        @Override
        public String toString() {
            return "Login[username=" + username + "]";
        }
    }
}
