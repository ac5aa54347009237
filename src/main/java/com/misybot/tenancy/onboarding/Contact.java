package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.tenant.profile.ContactName;
import com.misybot.tenancy.tenant.profile.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who applies. Personal: kept sealed, and in no log, event or trail.
 *
 * @param email their address
 * @param name what they are called
 */
public record Contact(EmailAddress email, @Nullable ContactName name) {

    @Override
    public String toString() {
        return "Contact[personal]";
    }
}
