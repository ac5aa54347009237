package com.misybot.tenancy.onboarding;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What time brings to applications, from the same table. Runs inside the caller's transaction. */
@Repository
class DueApplications {

    private final JdbcClient jdbc;

    DueApplications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What an application may wait for. */
    enum Due {
        CHECK("check_at <= now() and state in ('EMAIL_VERIFIED', 'REGISTERED', 'COMPLETED')"),
        /** Its job was scheduled with the approval; one that is lost is made again. */
        REGISTRATION("state = 'APPROVED' and state_since < now() - interval '5 seconds'"),
        WELCOME("state = 'REGISTERED' and welcomed_at is null"),
        EXPIRY("state in ('SUBMITTED', 'EMAIL_VERIFIED') and expires_at <= now()");

        private final String condition;

        Due(String condition) {
            this.condition = condition;
        }
    }

    List<UUID> due(Due what, int limit) {
        return jdbc.sql("select id from onboarding_application where " + what.condition + " limit ?")
                .param(limit)
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Forgets who it was in applications that ended so long ago, and the links that nobody has used. */
    int forget(Duration kept) {
        jdbc.sql(
                        "update onboarding_mail set link = null where link is not null and due_at <= now() - make_interval(secs => ?)")
                .param(kept.toSeconds())
                .update();
        return jdbc.sql("""
                update onboarding_application set contact = null, version = version + 1
                where contact is not null and state in ('COMPLETED', 'REJECTED', 'WITHDRAWN', 'EXPIRED')
                    and state_since <= now() - make_interval(secs => ?)
                """).param(kept.toSeconds()).update();
    }
}
