package com.misybot.tenancy.onboarding;

import java.util.List;
import java.util.Set;

/** How far an application has come. */
public enum ApplicationState {
    /** The address is not verified yet. */
    SUBMITTED,
    /** The address is the applicant's; the site is not proven yet. */
    EMAIL_VERIFIED,
    /** Address and site are the applicant's; an operator decides. */
    AWAITING_APPROVAL,
    /** It becomes a tenant as soon as its turn comes. */
    APPROVED,
    /** The tenant exists; its first secret has not been asked for. */
    REGISTERED,
    /** The tenant has its first secret. */
    COMPLETED,
    /** An operator has said no. */
    REJECTED,
    /** The applicant has given it up. */
    WITHDRAWN,
    /** Address or site were not proven in time. */
    EXPIRED;

    private static final Set<ApplicationState> ENDED = Set.of(REJECTED, WITHDRAWN, EXPIRED);

    /** The states it may move to. */
    public List<ApplicationState> allowed() {
        return switch (this) {
            case SUBMITTED -> List.of(EMAIL_VERIFIED, REJECTED, WITHDRAWN, EXPIRED);
            case EMAIL_VERIFIED -> List.of(AWAITING_APPROVAL, APPROVED, REJECTED, WITHDRAWN, EXPIRED);
            case AWAITING_APPROVAL -> List.of(APPROVED, REJECTED, WITHDRAWN);
            case APPROVED -> List.of(REGISTERED, AWAITING_APPROVAL);
            case REGISTERED -> List.of(COMPLETED);
            case COMPLETED, REJECTED, WITHDRAWN, EXPIRED -> List.of();
        };
    }

    /** What somebody may do with it, as the words of the API. */
    public List<String> moves() {
        return switch (this) {
            case SUBMITTED -> List.of("verify", "reject");
            case EMAIL_VERIFIED -> List.of("check", "reject", "withdraw");
            case AWAITING_APPROVAL -> List.of("approve", "reject", "withdraw");
            case APPROVED, REGISTERED, COMPLETED, REJECTED, WITHDRAWN, EXPIRED -> List.of();
        };
    }

    /** Whether it came to nothing. */
    public boolean isEnded() {
        return ENDED.contains(this);
    }

    /** Whether there is a tenant. */
    public boolean hasTenant() {
        return this == REGISTERED || this == COMPLETED;
    }
}
