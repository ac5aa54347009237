/** Who the caller is and what it may do: API keys, tokens of the configured issuer, and the rules of access of every route. */
@ApplicationModule(
        displayName = "Security",
        allowedDependencies = {"kernel", "web", "keyring"})
@NullMarked
package com.misybot.tenancy.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
