package com.misybot.tenancy.onboarding;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.operation.job.JobId;
import com.misybot.tenancy.operation.job.JobType;
import com.misybot.tenancy.operation.job.Jobs;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Puts mails on the list, in the transaction that causes them, and bounds how many one address gets. A row says which mail and for whom
 * and no more: what it says, with the token of its link, is made when it is sent.
 */
@Component
class Mails {

    static final JobType<JobType.NoData> SEND = JobType.named("onboarding.mail");

    private static final Duration DAY = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final Jobs jobs;
    private final OnboardingSettings settings;
    private final Refusals refusals;

    Mails(JdbcClient jdbc, Jobs jobs, OnboardingSettings settings, Refusals refusals) {
        this.jdbc = jdbc;
        this.jobs = jobs;
        this.settings = settings;
        this.refusals = refusals;
    }

    /**
     * A mail that has not ended.
     *
     * @param id names it
     * @param application whom it is for
     * @param kind what it says
     */
    record Waiting(UUID id, UUID application, MailKind kind) {}

    /** What became of a mail. */
    enum Outcome {
        /** The mail server has it. */
        SENT,
        /** There is no mail server: its link stands in the operator's view. */
        SHOWN,
        /** The mail server says that nobody has this address. */
        REFUSED,
        /** By the time it was to be sent there was nothing to say any more. */
        OBSOLETE
    }

    /**
     * Writes a mail. Whoever asks for too many gets none and is told nothing; what an operator has caused is sent later then.
     *
     * @param addressKey of the address it goes to
     * @return whether it will be sent
     */
    boolean write(UUID application, MailKind kind, byte[] addressKey, Instant now) {
        var room = room(addressKey, now);
        if (room.isAfter(now) && kind == MailKind.VERIFY) {
            refusals.count("mail_limit");
            return false;
        }
        var id = UuidCreator.getTimeOrderedEpoch();
        jdbc.sql("insert into onboarding_mail (id, application, kind, address_key, due_at) values (?, ?, ?, ?, ?)")
                .params(id, application, kind.name(), addressKey, ApplicationRows.timestamp(room))
                .update();
        jobs.schedule(SEND, new JobId(Scope.NIL, id), room);
        return true;
    }

    /** When the next mail to this address may be sent: now, or a day after the one that many before. */
    Instant room(byte[] addressKey, Instant now) {
        var latest = jdbc.sql(
                        "select due_at from onboarding_mail where address_key = ? and due_at > ? order by due_at desc limit ?")
                .params(addressKey, ApplicationRows.timestamp(now.minus(DAY)), settings.mailsADay())
                .query(OffsetDateTime.class)
                .list();
        return latest.size() < settings.mailsADay()
                ? now
                : latest.getLast().toInstant().plus(DAY);
    }

    Optional<Waiting> waiting(UUID id) {
        return jdbc.sql("select application, kind from onboarding_mail where id = ? and ended_at is null")
                .param(id)
                .query((row, _) -> new Waiting(
                        id, row.getObject("application", UUID.class), MailKind.valueOf(row.getString("kind"))))
                .optional();
    }

    /** Records what became of a mail. */
    void ended(UUID id, Outcome outcome, byte @Nullable [] link, Instant now) {
        jdbc.sql(
                        "update onboarding_mail set ended_at = :now, outcome = :outcome, link = :link where id = :id and ended_at is null")
                .param("now", ApplicationRows.timestamp(now))
                .param("outcome", outcome.name())
                .param("link", link, Types.BINARY)
                .param("id", id)
                .update();
    }

    /**
     * The last mail to an applicant.
     *
     * @param kind what it says
     * @param outcome what became of it; null while it waits
     * @param dueAt when it is to be sent
     * @param link its sealed link, where there was no mail server
     */
    record Last(UUID id, MailKind kind, @Nullable Outcome outcome, Instant dueAt, Optional<byte[]> link) {}

    Optional<Last> last(UUID application) {
        return jdbc.sql("""
                select id, kind, outcome, due_at, link from onboarding_mail where application = ? order by due_at desc, id desc limit 1
                """)
                .param(application)
                .query((row, _) -> new Last(
                        row.getObject("id", UUID.class),
                        MailKind.valueOf(row.getString("kind")),
                        row.getString("outcome") == null ? null : Outcome.valueOf(row.getString("outcome")),
                        ApplicationRows.instant(row, "due_at"),
                        Optional.ofNullable(row.getBytes("link"))))
                .optional();
    }

    /** The link of a mail has been used. */
    void linkUsed(UUID application) {
        jdbc.sql("update onboarding_mail set link = null where application = ? and link is not null")
                .param(application)
                .update();
    }
}
