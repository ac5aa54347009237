/** Onboarding: a business applies, proves its address and its site, is approved, and becomes a tenant with a secret of its own. */
@ApplicationModule(
        displayName = "Onboarding",
        allowedDependencies = {
            "kernel",
            "web",
            "operation",
            "operation :: job",
            "lifecycle",
            "keyring",
            "outbound",
            "tenant",
            "tenant :: profile",
            "credential"
        })
@NullMarked
package com.misybot.tenancy.onboarding;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
