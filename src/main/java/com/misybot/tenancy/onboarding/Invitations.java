package com.misybot.tenancy.onboarding;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.keyring.Keyring;
import com.misybot.tenancy.keyring.MacKey;
import com.misybot.tenancy.keyring.TenantKeyId;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.tenant.profile.PlanId;
import com.misybot.tenancy.web.ETags;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Makes and revokes invitations, and accepts their codes. All of it among the platform's own rows. */
@Service
public class Invitations {

    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Duration USUAL = Duration.ofDays(30);

    private final InvitationRows rows;
    private final ScopedTransactions transactions;
    private final Telling telling;
    private final LinkTokens tokens;
    private final Refusals refusals;
    private final MacKey pepper;
    private final SecureRandom random;

    Invitations(
            InvitationRows rows,
            ScopedTransactions transactions,
            Telling telling,
            LinkTokens tokens,
            Refusals refusals,
            Keyring keyring,
            SecureRandom random) {
        this.rows = rows;
        this.transactions = transactions;
        this.telling = telling;
        this.tokens = tokens;
        this.refusals = refusals;
        this.pepper = keyring.macKey(Keyring.Purpose.MAIL_TOKEN);
        this.random = random;
    }

    /**
     * What an invitation shall be.
     *
     * @param note what the operator wants to remember
     * @param plan what whoever applies with it gets
     * @param approved whether no operator has to decide any more
     * @param expiresAt from when on it is refused; null for 30 days from now
     */
    public record Wanted(
            @Nullable String note,
            @Nullable PlanId plan,
            boolean approved,
            @Nullable Instant expiresAt) {}

    /** An invitation with its code, which nobody can ask for again. */
    public record Issued(Invitation invitation, OneTimeSecret code) {}

    /** Makes an invitation. */
    public Issued create(Wanted wanted, Reach reach, Cause cause) {
        OnboardingProblem.requireWhole(reach);
        return transactions.change(Scope.platformRows(), () -> {
            var now = transactions.now();
            var end = wanted.expiresAt() == null ? now.plus(USUAL) : wanted.expiresAt();
            if (!end.isAfter(now) || end.isAfter(now.plus(LONGEST))) {
                throw ProblemException.invalid(
                        "/expiresAt", FieldError.RANGE, "An invitation ends in the future, within 366 days.");
            }
            var id = UuidCreator.getTimeOrderedEpoch();
            var key = TenantKeyId.issue(id, random);
            var token = Token.issue(Token.Kind.INVITATION, key.text(), random);
            var invitation = new Invitation(
                    id,
                    wanted.note(),
                    wanted.plan(),
                    wanted.approved(),
                    end,
                    null,
                    null,
                    null,
                    null,
                    1,
                    now,
                    cause.actor().toString());
            rows.insert(invitation, key.record(), token.hash(pepper));
            var fields = new TreeMap<String, Difference>();
            fields.put("approved", Difference.of(null, wanted.approved()));
            fields.put(
                    "plan",
                    Difference.of(
                            null, wanted.plan() == null ? null : wanted.plan().value()));
            fields.put("expiresAt", Difference.of(null, end));
            fields.put("code", Difference.MASKED);
            telling.publish(OnboardingChanges.INVITED, id, fields, cause, now);
            return new Issued(invitation, token.secret());
        });
    }

    /** Ends an invitation at once. One that is revoked already stays as it is; an application that has used it goes on. */
    public Invitation revoke(UUID id, @Nullable IfMatch ifMatch, Reach reach, Cause cause) {
        OnboardingProblem.requireWhole(reach);
        return transactions.change(Scope.platformRows(), () -> {
            var before = require(id);
            ETags.requireMatch(ifMatch, before.version());
            if (before.revokedAt() != null) {
                return before;
            }
            var now = transactions.now();
            rows.update(before.revoked(cause.actor().toString(), now));
            telling.publish(
                    OnboardingChanges.INVITATION_REVOKED,
                    id,
                    new TreeMap<>(java.util.Map.of("revokedAt", Difference.of(null, now))),
                    cause,
                    now);
            return require(id);
        });
    }

    /** One invitation. */
    public Invitation read(UUID id, Reach reach) {
        OnboardingProblem.requireWhole(reach);
        return transactions.read(Scope.platformRows(), () -> require(id));
    }

    /** A part of them, the latest first. */
    public List<Invitation> list(@Nullable Instant afterTime, @Nullable UUID afterId, int limit, Reach reach) {
        OnboardingProblem.requireWhole(reach);
        return transactions.read(Scope.platformRows(), () -> rows.list(afterTime, afterId, limit));
    }

    /** How many there are. */
    public long count(Reach reach) {
        OnboardingProblem.requireWhole(reach);
        return transactions.read(Scope.platformRows(), rows::count);
    }

    private Invitation require(UUID id) {
        return rows.find(id)
                .orElseThrow(() -> new ProblemException(WebProblem.NOT_FOUND, "There is no such invitation."));
    }

    /** The invitation of a code that is accepted now, in the caller's transaction. Unknown, used, expired and revoked read alike. */
    Invitation accept(String code, Instant now) {
        var claim = tokens.read(code);
        var matches = rows.hash(claim.owner(), claim.record())
                .filter(hash -> MessageDigest.isEqual(hash, claim.token().hash(pepper)))
                .isPresent();
        return (matches ? rows.find(claim.owner()) : java.util.Optional.<Invitation>empty())
                .filter(invitation -> invitation.status(now) == Invitation.Status.OPEN)
                .orElseThrow(
                        () -> refusals.of(
                                OnboardingProblem.INVITATION_REFUSED,
                                "/invitation",
                                "This invitation is not accepted (any more): leave it out, or ask who gave it to you for another."));
    }

    void use(Invitation invitation, UUID application, Instant now) {
        rows.update(invitation.usedBy(application, now));
    }

    /** Gives back what an application has used that came to nothing. */
    void giveBack(Application ended) {
        if (ended.invitation() != null) {
            rows.find(ended.invitation())
                    .filter(one -> ended.id().equals(one.usedBy()))
                    .ifPresent(one -> rows.update(one.unused()));
        }
    }
}
