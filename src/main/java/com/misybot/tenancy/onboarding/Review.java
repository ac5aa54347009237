package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.web.Causes;
import com.misybot.tenancy.web.ETags;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What operators do: look at applications, approve, reject, send a mail again. */
@Service
public class Review {

    private final ScopedTransactions transactions;
    private final ApplicationRows rows;
    private final Contacts contacts;
    private final Invitations invitations;
    private final Approvals approvals;
    private final Mails mails;
    private final Telling telling;

    Review(
            ScopedTransactions transactions,
            ApplicationRows rows,
            Contacts contacts,
            Invitations invitations,
            Approvals approvals,
            Mails mails,
            Telling telling) {
        this.transactions = transactions;
        this.rows = rows;
        this.contacts = contacts;
        this.invitations = invitations;
        this.approvals = approvals;
        this.mails = mails;
        this.telling = telling;
    }

    /**
     * An application with who it was, as one operator sees it.
     *
     * @param contact null once it is no longer kept
     * @param mail the last mail to the applicant
     */
    public record Reviewed(
            Application application,
            @Nullable Contact contact,
            @Nullable LastMail mail) {}

    /**
     * The last mail to an applicant.
     *
     * @param kind what it says
     * @param outcome what became of it, {@code WAITING} while nothing has
     * @param dueAt when it is to be sent
     * @param link the link it would have, where there is no mail server to carry it
     */
    public record LastMail(
            MailKind kind,
            String outcome,
            Instant dueAt,
            @Nullable String link) {}

    /** Where a list goes on: after the application that was made then and has this id. */
    public record Position(Instant createdAt, UUID id) {}

    /**
     * One application.
     *
     * @throws ProblemException 404
     */
    public Reviewed read(UUID id, Reach reach) {
        OnboardingProblem.requireWhole(reach);
        return transactions.read(Scope.platformRows(), () -> {
            var application = require(rows.find(id));
            return new Reviewed(
                    application,
                    rows.contact(id).map(kept -> contacts.open(id, kept)).orElse(null),
                    mails.last(id).map(this::shown).orElse(null));
        });
    }

    private LastMail shown(Mails.Last mail) {
        return new LastMail(
                mail.kind(),
                mail.outcome() == null ? "WAITING" : mail.outcome().name(),
                mail.dueAt(),
                mail.link().map(kept -> contacts.openLink(mail.id(), kept)).orElse(null));
    }

    /** A part of all applications, the latest first. */
    public List<Application> list(ApplicationFilter filter, @Nullable Position after, int limit, Reach reach) {
        OnboardingProblem.requireWhole(reach);
        var from = after == null ? null : new ApplicationRows.Position(after.createdAt(), after.id());
        return transactions.read(Scope.platformRows(), () -> rows.list(filter, from, limit));
    }

    /** How many there are. */
    public long count(ApplicationFilter filter, Reach reach) {
        OnboardingProblem.requireWhole(reach);
        return transactions.read(Scope.platformRows(), () -> rows.count(filter));
    }

    /**
     * Says yes. The tenant comes into being right after; where the registry refuses it, the application is back with the reason.
     *
     * @param chosen the slug instead of the one that was asked for
     * @throws ProblemException 404, 412, 409 where nobody waits for a decision
     */
    public Application approve(
            UUID id, @Nullable TenantId chosen, @Nullable IfMatch ifMatch, Reach reach, Cause cause) {
        OnboardingProblem.requireWhole(reach);
        return transactions.change(
                Scope.platformRows(), () -> approvals.approve(locked(id, ifMatch), chosen, cause, transactions.now()));
    }

    /**
     * Says no, and tells the applicant why.
     *
     * @throws ProblemException 404, 412, 409, 422 {@code reason_required}
     */
    public Application reject(UUID id, @Nullable IfMatch ifMatch, Reach reach, Cause cause) {
        OnboardingProblem.requireWhole(reach);
        return transactions.change(Scope.platformRows(), () -> {
            var now = transactions.now();
            var before = locked(id, ifMatch);
            var why = before.rejected(cause.actor().toString(), String.valueOf(cause.reason()), now);
            Causes.required(cause);
            var after = rows.update(why);
            invitations.giveBack(after);
            telling.moved(before, after, OnboardingChanges.REJECTED, cause, now);
            // an address that nobody has proven is not written to: it may be anybody's
            if (before.state() != ApplicationState.SUBMITTED) {
                mails.write(id, MailKind.REJECTED, rows.addressKey(id), now);
            }
            return after;
        });
    }

    /**
     * Sends the mail of its state again.
     *
     * @throws ProblemException 404, 409 where no mail belongs to its state, 429 where the address has had too many
     */
    public Application resend(UUID id, Reach reach, Cause cause) {
        OnboardingProblem.requireWhole(reach);
        return transactions.change(Scope.platformRows(), () -> {
            var now = transactions.now();
            var application = locked(id, null);
            var kind = Applications.mailFor(application)
                    .orElseThrow(() -> Problem.of(
                                    OnboardingProblem.APPLICATION_STATE,
                                    "Application " + id + " is " + application.state() + ": there is nothing to write.")
                            .with("allowed", application.state().moves())
                            .asException());
            var key = rows.addressKey(id);
            var room = mails.room(key, now);
            if (room.isAfter(now)) {
                throw Problem.of(WebProblem.TOO_MANY_REQUESTS, "This address has had its mails of the last 24 hours.")
                        .retryAfter(Duration.between(now, room).plusMillis(999))
                        .asException();
            }
            mails.write(id, kind, key, now);
            telling.publish(
                    OnboardingChanges.MAIL_REPEATED,
                    id,
                    new TreeMap<>(Map.of("mail", Difference.of(null, kind))),
                    cause,
                    now);
            return application;
        });
    }

    private Application locked(UUID id, @Nullable IfMatch ifMatch) {
        var application = require(rows.lock(id));
        ETags.requireMatch(ifMatch, application.version());
        return application;
    }

    private static Application require(Optional<Application> found) {
        return found.orElseThrow(
                () -> new ProblemException(WebProblem.NOT_FOUND, "There is no application with this id."));
    }
}
