package com.misybot.tenancy.onboarding;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.Sender;
import com.misybot.tenancy.onboarding.mail.DisposableDomains;
import com.misybot.tenancy.onboarding.proof.Challenge;
import com.misybot.tenancy.web.ProblemException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What applicants do, who have no credential but the tokens of their mails. Whoever applies is told nothing about what exists already: the
 * answer is the same for a new application, one that is running, and a name that is reserved or taken.
 */
@Service
public class Applications {

    private final ScopedTransactions transactions;
    private final ApplicationRows rows;
    private final Contacts contacts;
    private final Invitations invitations;
    private final LinkTokens tokens;
    private final Mails mails;
    private final Visits visits;
    private final OriginChecks checks;
    private final DisposableDomains disposable;
    private final Telling telling;
    private final Refusals refusals;
    private final OnboardingSettings settings;
    private final SecureRandom random;

    Applications(
            ScopedTransactions transactions,
            ApplicationRows rows,
            Contacts contacts,
            Invitations invitations,
            LinkTokens tokens,
            Mails mails,
            Visits visits,
            OriginChecks checks,
            DisposableDomains disposable,
            Telling telling,
            Refusals refusals,
            OnboardingSettings settings,
            SecureRandom random) {
        this.transactions = transactions;
        this.rows = rows;
        this.contacts = contacts;
        this.invitations = invitations;
        this.tokens = tokens;
        this.mails = mails;
        this.visits = visits;
        this.checks = checks;
        this.disposable = disposable;
        this.telling = telling;
        this.refusals = refusals;
        this.settings = settings;
        this.random = random;
    }

    /**
     * Takes an application, and writes the mail that asks whether the address is the applicant's. The same once more, or another one of
     * an address that is verified for this host, is no new application: it is reminded of where it stands.
     *
     * @param code of an invitation
     * @throws ProblemException 422 {@code email_disposable} and {@code invitation_refused}, 429 for a network that applies too often
     */
    public void submit(Wish wish, Contact contact, @Nullable String code, Sender sender) {
        visits.count(sender.network());
        if (disposable.has(contact.email())) {
            throw refusals.of(
                    OnboardingProblem.EMAIL_DISPOSABLE,
                    "/email",
                    "Give an address of yours that will be there next month.");
        }
        var addressKey = contacts.addressKey(contact.email());
        var wishKey = contacts.wishKey(wish, contact);
        transactions.change(Scope.platformRows(), () -> {
            var now = transactions.now();
            var running = rows.running(addressKey, wish.proven().host(), wishKey);
            if (running.isPresent()) {
                mailFor(running.get())
                        .ifPresent(kind -> mails.write(running.get().id(), kind, addressKey, now));
                return null;
            }
            var invitation = code == null ? null : invitations.accept(code, now);
            var application = Application.submitted(
                    UuidCreator.getTimeOrderedEpoch(),
                    wish.with(invitation == null ? null : invitation.plan()),
                    invitation,
                    Challenge.draw(random),
                    now,
                    now.plus(settings.applicationLifetime()));
            rows.insert(application, contacts.seal(application.id(), contact), addressKey, wishKey);
            if (invitation != null) {
                invitations.use(invitation, application.id(), now);
            }
            telling.moved(null, application, OnboardingChanges.SUBMITTED, Telling.applicant(sender), now);
            mails.write(application.id(), MailKind.VERIFY, addressKey, now);
            return null;
        });
    }

    /** What an applicant who has lost a mail needs. */
    static Optional<MailKind> mailFor(Application application) {
        return switch (application.state()) {
            case SUBMITTED, EMAIL_VERIFIED, AWAITING_APPROVAL, APPROVED -> Optional.of(MailKind.VERIFY);
            case REGISTERED -> Optional.of(MailKind.WELCOME);
            case REJECTED -> Optional.of(MailKind.REJECTED);
            case COMPLETED, WITHDRAWN, EXPIRED -> Optional.empty();
        };
    }

    /**
     * An application that its applicant follows.
     *
     * @param token what to follow it with
     */
    public record Followed(Application application, OneTimeSecret token) {}

    /** What the link of a mail is about, which is left as it is. */
    public Application look(String token) {
        return find(token, LinkTokens.Purpose.VERIFY);
    }

    /**
     * The applicant has read the mail, and so the address is theirs. In a later state the link leads back to the application.
     *
     * @throws ProblemException where the token is refused, or another application of this address for this host runs already
     */
    public Followed verify(String token, Sender sender) {
        var claim = tokens.read(token);
        transactions.read(
                Scope.platformRows(), () -> tokens.look(claim, LinkTokens.Purpose.VERIFY, transactions.now()));
        return transactions.change(Scope.platformRows(), () -> {
            var now = transactions.now();
            var id = tokens.look(claim, LinkTokens.Purpose.VERIFY, now);
            tokens.use(claim, id, LinkTokens.Purpose.VERIFY, now);
            var application = rows.lock(id).orElseThrow();
            if (application.state() == ApplicationState.SUBMITTED
                    || application.state().isEnded()) {
                application = verified(application, Telling.applicant(sender), now);
            }
            mails.linkUsed(id);
            var follow = tokens.issue(LinkTokens.Purpose.FOLLOW, id, now, now.plus(settings.applicationLifetime()));
            return new Followed(application, follow.secret());
        });
    }

    private Application verified(Application before, Cause cause, Instant now) {
        var after = before.emailVerified(now);
        if (rows.running(rows.addressKey(before.id()), before.wish().proven().host(), null)
                .isPresent()) {
            throw refusals.of(
                    OnboardingProblem.APPLICATION_RUNNING,
                    "Another application of yours for this site is running: open the link of its mail.");
        }
        after = rows.update(after);
        telling.moved(before, after, OnboardingChanges.EMAIL_VERIFIED, cause, now);
        return after;
    }

    /** How it stands. */
    public Application follow(String token) {
        return find(token, LinkTokens.Purpose.FOLLOW);
    }

    private Application find(String token, LinkTokens.Purpose purpose) {
        var claim = tokens.read(token);
        return transactions.read(
                Scope.platformRows(),
                () -> rows.find(tokens.look(claim, purpose, transactions.now())).orElseThrow());
    }

    /** Looks for the proof of the site now. */
    public Application check(String token, Sender sender) {
        return checks.asked(follow(token).id(), Telling.applicant(sender));
    }

    /** Gives up an application that nobody has approved yet. */
    public Application withdraw(String token, Sender sender) {
        UUID id = follow(token).id();
        return transactions.change(Scope.platformRows(), () -> {
            var now = transactions.now();
            var before = rows.lock(id).orElseThrow();
            var after = rows.update(before.withdrawn(now));
            invitations.giveBack(after);
            telling.moved(before, after, OnboardingChanges.WITHDRAWN, Telling.applicant(sender), now);
            return after;
        });
    }
}
