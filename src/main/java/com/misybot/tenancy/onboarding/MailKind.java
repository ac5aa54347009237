package com.misybot.tenancy.onboarding;

/** What is written to applicants. */
public enum MailKind {
    /** Asks whether the address is theirs. */
    VERIFY,
    /** The tenant is there, and this is the way to its first secret. */
    WELCOME,
    /** An operator has said no. */
    REJECTED
}
