package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.lifecycle.OnRegistration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.Ordered;

/** Dies in the registration of a tenant, once, after the others have done their part. */
final class Dying implements OnRegistration, Ordered {

    private static final Set<String> WAITING = ConcurrentHashMap.newKeySet();
    private static final Set<String> DEAD = ConcurrentHashMap.newKeySet();

    static void in(String slug) {
        WAITING.add(slug);
    }

    static boolean died(String slug) {
        return DEAD.contains(slug);
    }

    @Override
    public Part registered(Registered tenant) {
        var slug = tenant.tenantId().value();
        if (WAITING.remove(slug)) {
            DEAD.add(slug);
            throw new IllegalStateException("The registration of " + slug + " dies here");
        }
        return Part.QUIET;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
