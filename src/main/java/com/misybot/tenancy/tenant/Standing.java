package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.Difference;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a tenant is in its life.
 *
 * @param status the state
 * @param reason why it is in it, in the words of who moved it
 * @param since when it came into it
 * @param until when a suspension ends by itself
 * @param before the state to go back to when a deletion is undone
 * @param purgeAt when it may be erased, while its deletion is pending
 * @param sessionEpoch raised by whatever ends all sessions
 */
@Embeddable
public record Standing(
        @Enumerated(EnumType.STRING) TenantStatus status,
        @Column(name = "status_reason") @Nullable String reason,
        @Column(name = "status_since") Instant since,
        @Column(name = "status_until") @Nullable Instant until,

        @Column(name = "status_before") @Enumerated(EnumType.STRING) @Nullable
        TenantStatus before,

        @Nullable Instant purgeAt,
        long sessionEpoch) {

    static Standing first(TenantStatus status, @Nullable String reason, Instant now) {
        return new Standing(status, reason, now, null, null, null, 0);
    }

    /** Comes into a state; whatever makes a tenant other than active ends its sessions. */
    Standing into(TenantStatus next, @Nullable String why, @Nullable Instant end, Instant now) {
        var epoch = next == TenantStatus.ACTIVE ? sessionEpoch : sessionEpoch + 1;
        return new Standing(next, why, now, end, null, null, epoch);
    }

    /** Is about to be erased; keeps what it was, for a restore. */
    Standing intoDeletion(@Nullable String why, Instant purge, Instant now) {
        return new Standing(TenantStatus.PENDING_DELETION, why, now, until, status, purge, sessionEpoch + 1);
    }

    /** Is again what it was before its deletion. */
    Standing back(@Nullable String why, Instant now) {
        return into(before == null ? TenantStatus.DEACTIVATED : before, why, until, now);
    }

    /** Stays in its state, with all its sessions ended. */
    Standing withoutSessions() {
        return new Standing(status, reason, since, until, before, purgeAt, sessionEpoch + 1);
    }

    /**
     * What differs, by the names that clients know it by.
     *
     * @param before null where there was none
     */
    SortedMap<String, Difference> changedFrom(@Nullable Standing before) {
        var changed = new TreeMap<String, Difference>();
        compare(changed, "status", before == null ? null : before.status, status);
        compare(changed, "statusReason", before == null ? null : before.reason, reason);
        compare(changed, "statusUntil", before == null ? null : before.until, until);
        compare(changed, "purgeAt", before == null ? null : before.purgeAt, purgeAt);
        compare(changed, "sessionEpoch", before == null ? 0L : before.sessionEpoch, sessionEpoch);
        return changed;
    }

    /** What differs after a move, and what that does to sites, secrets and sessions. */
    SortedMap<String, Difference> movedFrom(Standing before) {
        var changed = changedFrom(before);
        changed.putAll(status.effects().changedFrom(before.status.effects()));
        return changed;
    }

    private static void compare(
            SortedMap<String, Difference> changed, String name, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            changed.put(name, Difference.of(before, after));
        }
    }

    /** Whether the day of the purge has come; until retention does it, a due purge stays due. */
    public boolean purgeDue(Instant now) {
        return purgeAt != null && !purgeAt.isAfter(now);
    }
}
