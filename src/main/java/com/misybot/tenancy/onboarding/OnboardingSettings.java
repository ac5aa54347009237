package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.tenant.profile.EmailAddress;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a business becomes a tenant by itself.
 *
 * @param approval who decides about an application whose address and site are proven: {@code operator}, or {@code automatic}, which
 *     still leaves to an operator what names other hosts than the proven one or asks for a plan
 * @param mailFrom sender of the mails
 * @param linkLifetime how long the link of a mail opens anything; 5m to 30d
 * @param applicationLifetime how long an application waits for the proofs of address and site; 1h to 90d
 * @param mailsADay most mails to one address within 24 hours; 1 to 100
 * @param applicationsAnHour most applications from one network (a /24 of IPv4, a /48 of IPv6) within an hour; 1 to 1000000
 * @param disposableDomains domains of addresses that nobody keeps, beside those the service knows
 * @param recheckAfter how long the proof of a tenant's site is believed; 1d to 1000d
 * @param keepContact how long the address of an application that has ended is kept; 0s to 1000d
 * @param lookEvery how often what is due is looked for; 100ms to 5m
 */
@ConfigurationProperties("tenancy.onboarding")
public record OnboardingSettings(
        @DefaultValue("operator") Approval approval,
        @DefaultValue("no-reply@misybot.com") String mailFrom,
        @DefaultValue("24h") Duration linkLifetime,
        @DefaultValue("14d") Duration applicationLifetime,
        @DefaultValue("3") int mailsADay,
        @DefaultValue("10") int applicationsAnHour,
        @DefaultValue List<String> disposableDomains,
        @DefaultValue("365d") Duration recheckAfter,
        @DefaultValue("30d") Duration keepContact,
        @DefaultValue("10s") Duration lookEvery) {

    /** Who decides. */
    public enum Approval {
        OPERATOR,
        AUTOMATIC
    }

    public OnboardingSettings {
        within("link-lifetime", linkLifetime, Duration.ofMinutes(5), Duration.ofDays(30));
        within("application-lifetime", applicationLifetime, Duration.ofHours(1), Duration.ofDays(90));
        within("recheck-after", recheckAfter, Duration.ofDays(1), Duration.ofDays(1_000));
        within("keep-contact", keepContact, Duration.ZERO, Duration.ofDays(1_000));
        within("look-every", lookEvery, Duration.ofMillis(100), Duration.ofMinutes(5));
        within("mails-a-day", mailsADay, 100);
        within("applications-an-hour", applicationsAnHour, 1_000_000);
        mailFrom = new EmailAddress(mailFrom).value();
        disposableDomains = List.copyOf(disposableDomains);
    }

    private static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("tenancy.onboarding." + name + " is from " + least + " to " + most);
        }
    }

    private static void within(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("tenancy.onboarding." + name + " is from 1 to " + most);
        }
    }
}
