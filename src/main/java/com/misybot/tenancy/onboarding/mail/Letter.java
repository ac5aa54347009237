package com.misybot.tenancy.onboarding.mail;

import com.misybot.tenancy.tenant.profile.EmailAddress;

/**
 * A mail to one person, in plain text.
 *
 * @param to whom
 * @param subject one line
 * @param text the whole
 */
public record Letter(EmailAddress to, String subject, String text) {

    @Override
    public String toString() {
        return "Letter[personal]";
    }
}
