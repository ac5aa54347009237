/** Who the caller is and what it may do: API keys, secrets of tenants, tokens of the configured issuer, and the rules of access of every route. */
@ApplicationModule(
        displayName = "Security",
        allowedDependencies = {"kernel", "web", "keyring", "credential"})
@NullMarked
package com.misybot.tenancy.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
