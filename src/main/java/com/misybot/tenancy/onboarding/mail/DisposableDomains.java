package com.misybot.tenancy.onboarding.mail;

import com.misybot.tenancy.onboarding.OnboardingSettings;
import com.misybot.tenancy.tenant.profile.EmailAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** Domains whose addresses anybody reads for ten minutes and nobody afterwards: a list of the common ones, and what is configured. */
@Component
public class DisposableDomains {

    private final Set<String> domains = new HashSet<>();

    DisposableDomains(OnboardingSettings settings) {
        try {
            new ClassPathResource("disposable-domains.txt", DisposableDomains.class)
                    .getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(domains::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.disposableDomains().forEach(domain -> domains.add(domain.toLowerCase(Locale.ROOT)));
    }

    /** Whether the address is of such a domain, or of one below it. */
    public boolean has(EmailAddress address) {
        var domain = address.value().substring(address.value().lastIndexOf('@') + 1);
        for (var dot = 0; dot >= 0; dot = domain.indexOf('.')) {
            domain = domain.substring(dot == 0 ? 0 : dot + 1);
            if (domains.contains(domain)) {
                return true;
            }
        }
        return false;
    }
}
