/** Secrets of tenants: issued once, kept as hashes, rotated with an overlap, revoked, and verified for whoever was shown one. */
@ApplicationModule(
        displayName = "Credential",
        allowedDependencies = {"kernel", "web", "operation", "operation :: job", "lifecycle", "keyring", "tenant"})
@NullMarked
package com.misybot.tenancy.credential;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
