package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.profile.Profile;
import com.misybot.tenancy.web.Causes;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * A business of the platform, and the guard of its own life: every move checks that the table of states allows it and says
 * which moves are allowed where it does not (409), and then the rules of the move (422).
 */
@Entity
@DynamicUpdate
public class Tenant {

    /** Why a tenant was suspended by itself. */
    static final String ACTIVE_UNTIL_PASSED = "activeUntil has passed";

    @Id
    private UUID id;

    @Column(updatable = false)
    private String tenantId;

    @Column(updatable = false)
    private String siteId;

    @Embedded
    private Profile profile;

    @Embedded
    @SuppressWarnings("UnusedVariable") // read by queries
    private FoundBy foundBy;

    @Embedded
    private Standing standing;

    @Embedded
    private Revision revision;

    @JdbcTypeCode(SqlTypes.JSON)
    private String limitOverrides = LimitJson.NOTHING;

    /** The version of its plan that its context was raised for; 0 where nobody knows. */
    private long planVersion;

    /** Of how many seconds before its end it is known that the end comes: see {@link ExpiryWarning}. */
    private long expiryTold;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init") // JPA sets every field before anybody reads it
    protected Tenant() {}

    private Tenant(UUID id, TenantId tenantId, SiteId siteId, Profile profile, Standing standing, Revision revision) {
        this.id = id;
        this.tenantId = tenantId.value();
        this.siteId = siteId.value();
        this.profile = profile;
        this.foundBy = FoundBy.of(tenantId, siteId, profile);
        this.standing = standing;
        this.revision = revision;
        this.expiryTold = ExpiryWarning.left(profile.activeUntil(), revision.createdAt());
    }

    /** Registers a tenant; nothing is stored yet. */
    static Tenant register(
            UUID id, TenantId tenantId, SiteId siteId, Profile profile, Standing standing, Cause cause, Instant now) {
        return new Tenant(
                id,
                tenantId,
                siteId,
                profile,
                standing,
                Revision.first(cause.actor().toString(), now));
    }

    /**
     * Takes on another profile.
     *
     * @return the fields that changed; where none did, this is still the same version
     */
    SortedMap<String, Difference> replace(Profile next, Cause cause, Instant now) {
        requirePresent("change");
        var changed = next.changedFrom(profile);
        if (!changed.isEmpty()) {
            profile = next;
            foundBy = FoundBy.of(tenantId(), siteId(), next);
            if (changed.containsKey("plan")) {
                planVersion = 0;
            }
            if (changed.containsKey("activeUntil")) {
                expiryTold = ExpiryWarning.left(next.activeUntil(), now);
            }
            revision = revision.next(cause.actor().toString(), now);
        }
        return changed;
    }

    /** Is being set up once more, after that has failed. */
    void retryProvisioning(Cause cause, Instant now) {
        require(Move.RETRY);
        become(standing.into(Move.RETRY.target(), cause.reason(), null, now), cause, now);
    }

    /** Refuses to have the setting up aborted where nobody sets it up. */
    void requireAbortable() {
        require(Move.ABORT);
    }

    /** Everything is set up: it is active. */
    void provisioned(Cause cause, Instant now) {
        require(SelfMove.COMPLETE);
        become(standing.into(SelfMove.COMPLETE.to(), null, null, now), cause, now);
    }

    /** Could not be set up. */
    void provisioningFailed(String reason, Cause cause, Instant now) {
        require(SelfMove.FAIL);
        become(standing.into(SelfMove.FAIL.to(), reason, null, now), cause, now);
    }

    /** Ends all sessions and refuses the widget; needs a reason, ends by itself where {@code until} is given. */
    void suspend(@Nullable Instant until, Cause cause, Instant now) {
        require(Move.SUSPEND);
        Causes.required(cause);
        TenantRules.requireLater("/until", until, now);
        become(standing.into(Move.SUSPEND.target(), cause.reason(), until, now), cause, now);
    }

    /** Goes on after a suspension; refused while {@code activeUntil} is past. */
    void resume(Cause cause, Instant now) {
        require(Move.RESUME);
        requireTimeLeft(now);
        become(standing.into(Move.RESUME.target(), cause.reason(), null, now), cause, now);
    }

    /** Is out of service until somebody activates it; needs a reason. */
    void deactivate(Cause cause, Instant now) {
        require(Move.DEACTIVATE);
        Causes.required(cause);
        become(standing.into(Move.DEACTIVATE.target(), cause.reason(), null, now), cause, now);
    }

    void activate(Cause cause, Instant now) {
        require(Move.ACTIVATE);
        requireTimeLeft(now);
        become(standing.into(Move.ACTIVATE.target(), cause.reason(), null, now), cause, now);
    }

    /** Is to be erased when {@code purgeAfter} has passed; needs a reason, can be restored until then. */
    void delete(Duration purgeAfter, Cause cause, Instant now) {
        require(Move.DELETE);
        Causes.required(cause);
        become(standing.intoDeletion(cause.reason(), now.plus(purgeAfter), now), cause, now);
    }

    /** Is what it was before its deletion. */
    void restore(Cause cause, Instant now) {
        require(Move.RESTORE);
        become(standing.back(cause.reason(), now), cause, now);
    }

    /** All that it has come into being with. */
    SortedMap<String, Difference> whole() {
        var fields = new TreeMap<>(profile.changedFrom(null));
        fields.putAll(standing.changedFrom(null));
        fields.put("tenantId", Difference.of(null, tenantId));
        fields.put("siteId", Difference.of(null, siteId));
        return fields;
    }

    /** Has these limits instead of its plan's: a JSON object of {@link LimitOverrides}. */
    void overrideLimits(String overrides, Cause cause, Instant now) {
        requirePresent("overrideLimits");
        limitOverrides = overrides;
        revision = revision.next(cause.actor().toString(), now);
    }

    /**
     * Takes up a change of its plan: what is served changes, nothing of what a client of the registry reads.
     *
     * @return whether that was still to do
     */
    boolean takeUp(String plan, long version) {
        if (isGoing() || !profile.plan().equals(plan) || planVersion >= version) {
            return false;
        }
        planVersion = version;
        revision = revision.nextContext();
        return true;
    }

    /** Ends all sessions and goes on as it was: its version does not move. */
    void endSessions() {
        requirePresent("endSessions");
        standing = standing.withoutSessions();
        revision = revision.nextContext();
    }

    /**
     * Does what time has brought: suspends where {@code activeUntil} has passed, resumes where a suspension has ended.
     *
     * @return whether there was something to do
     */
    boolean meetDeadline(Cause cause, Instant now) {
        if (standing.status() == SelfMove.EXPIRE.from() && activeUntilPassed(now)) {
            become(standing.into(SelfMove.EXPIRE.to(), ACTIVE_UNTIL_PASSED, null, now), cause, now);
            return true;
        }
        var end = standing.until();
        if (standing.status() == SelfMove.END_OF_SUSPENSION.from()
                && end != null
                && !end.isAfter(now)
                && !activeUntilPassed(now)) {
            become(standing.into(SelfMove.END_OF_SUSPENSION.to(), null, null, now), cause, now);
            return true;
        }
        return false;
    }

    /** The next warning of its end; null where there is none, or it is not active. */
    @Nullable
    ExpiryWarning nextWarning(List<Duration> periods) {
        var until = profile.activeUntil();
        return until == null || standing.status() != TenantStatus.ACTIVE
                ? null
                : ExpiryWarning.next(periods, until, expiryTold);
    }

    /**
     * Takes note that it is warned of its end, where that is due and not over; nothing of what a client reads changes.
     *
     * @return what it is warned of
     */
    @Nullable
    ExpiryWarning warn(List<Duration> periods, Instant now) {
        var until = profile.activeUntil();
        if (until == null || standing.status() != TenantStatus.ACTIVE || activeUntilPassed(now)) {
            return null;
        }
        var warning = ExpiryWarning.due(periods, until, expiryTold, now);
        if (warning != null) {
            expiryTold = warning.before().toSeconds();
        }
        return warning;
    }

    private boolean activeUntilPassed(Instant now) {
        var until = profile.activeUntil();
        return until != null && !until.isAfter(now);
    }

    private void requireTimeLeft(Instant now) {
        if (activeUntilPassed(now)) {
            throw TenantProblem.activeUntilPassed(tenantId());
        }
    }

    private void require(SelfMove move) {
        if (standing.status() != move.from()) {
            throw TenantProblem.illegal(tenantId(), standing.status(), move.word());
        }
    }

    private void requirePresent(String move) {
        if (isGoing()) {
            throw TenantProblem.illegal(tenantId(), standing.status(), move);
        }
    }

    private boolean isGoing() {
        return standing.status() == TenantStatus.PURGING || standing.status() == TenantStatus.PURGED;
    }

    private void require(Move move) {
        if (!standing.status().allowed().contains(move)) {
            throw TenantProblem.illegal(tenantId(), standing.status(), move.word());
        }
    }

    private void become(Standing next, Cause cause, Instant now) {
        standing = next;
        revision = revision.next(cause.actor().toString(), now);
    }

    boolean isWithin(Reach reach) {
        return reach.covers(tenantId(), profile.labels(), profile.plan(), profile.region());
    }

    /**
     * Whoever could not see a tenant cannot make it, nor make it one of those.
     *
     * @throws com.misybot.tenancy.web.ProblemException 403 {@code out_of_reach}
     */
    void requireWithin(Reach reach) {
        if (!isWithin(reach)) {
            throw TenantProblem.outOfReach();
        }
    }

    public UUID id() {
        return id;
    }

    public TenantId tenantId() {
        return new TenantId(tenantId);
    }

    public SiteId siteId() {
        return new SiteId(siteId);
    }

    public Profile profile() {
        return profile;
    }

    public Standing standing() {
        return standing;
    }

    /** What it has instead of its plan's limits, a JSON object. */
    String limitOverrides() {
        return limitOverrides;
    }

    public Revision revision() {
        return revision;
    }
}
