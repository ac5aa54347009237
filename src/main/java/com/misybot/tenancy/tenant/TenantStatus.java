package com.misybot.tenancy.tenant;

import java.util.EnumSet;
import java.util.Set;

/** The states of a tenant's life. */
public enum TenantStatus {
    PENDING,
    PROVISIONING,
    PROVISIONING_FAILED,
    ACTIVE,
    SUSPENDED,
    DEACTIVATED,
    PENDING_DELETION,
    PURGING,
    PURGED;

    /** The moves a caller may make from here. */
    Set<Move> allowed() {
        return switch (this) {
            case PENDING -> EnumSet.of(Move.PROVISION, Move.DELETE);
            case PROVISIONING_FAILED -> EnumSet.of(Move.RETRY, Move.DELETE);
            case ACTIVE -> EnumSet.of(Move.SUSPEND, Move.DEACTIVATE, Move.DELETE);
            case SUSPENDED -> EnumSet.of(Move.RESUME, Move.DEACTIVATE, Move.DELETE);
            case DEACTIVATED -> EnumSet.of(Move.ACTIVATE, Move.DELETE);
            case PENDING_DELETION -> EnumSet.of(Move.RESTORE);
            case PROVISIONING -> EnumSet.of(Move.ABORT);
            case PURGING, PURGED -> EnumSet.noneOf(Move.class);
        };
    }

    /** What this state does to sites, secrets and sessions. */
    public Effects effects() {
        return switch (this) {
            case ACTIVE -> new Effects(Effects.Sites.SERVED, Effects.Secrets.ACCEPTED, Effects.Sessions.LIVE);
            case SUSPENDED, DEACTIVATED ->
                new Effects(Effects.Sites.REFUSED, Effects.Secrets.REFUSED, Effects.Sessions.ENDED);
            case PENDING, PROVISIONING, PROVISIONING_FAILED ->
                new Effects(Effects.Sites.REFUSED, Effects.Secrets.REFUSED, Effects.Sessions.NONE);
            case PENDING_DELETION ->
                new Effects(Effects.Sites.UNKNOWN, Effects.Secrets.REFUSED, Effects.Sessions.ENDED);
            case PURGING, PURGED -> new Effects(Effects.Sites.UNKNOWN, Effects.Secrets.GONE, Effects.Sessions.GONE);
        };
    }
}
