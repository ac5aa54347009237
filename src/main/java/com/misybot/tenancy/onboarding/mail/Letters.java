package com.misybot.tenancy.onboarding.mail;

import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.profile.EmailAddress;

/**
 * What is written to applicants. The first mail goes to an address that nobody has proven, so nothing in it is in the words of whoever
 * applied: else anybody could have us write to anybody.
 */
public final class Letters {

    private Letters() {}

    /** Asks whether the address is that of who applied. */
    public static Letter verification(EmailAddress to, String link) {
        return new Letter(to, "Confirm your address", """
                Somebody has applied for the Misy chat widget with this address. If it was you, open this link and confirm:

                %s

                If it was not you, do nothing: without your confirmation nothing happens.
                """.formatted(link));
    }

    /** Says that all is set up, and where the first secret is. */
    public static Letter welcome(EmailAddress to, TenantId tenant, String link) {
        return new Letter(to, "Welcome to Misy", """
                Your application is approved and everything is set up. Your tenant is called %s.

                Open this link where you can keep a secret, and ask for yours. It is shown once:

                %s
                """.formatted(tenant, link));
    }

    /** Says that an operator has said no, and why. */
    public static Letter rejection(EmailAddress to, String reason) {
        return new Letter(to, "Your application", """
                Your application for the Misy chat widget was not approved:

                %s
                """.formatted(reason));
    }
}
