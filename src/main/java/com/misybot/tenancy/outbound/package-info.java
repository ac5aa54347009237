/**
 * HTTP to addresses that a tenant has supplied, which may lead anywhere: the name is resolved once, every address is checked, the
 * connection goes to a checked address, time and answer are bounded. And the signatures of Standard Webhooks.
 */
@ApplicationModule(
        displayName = "Outbound",
        allowedDependencies = {"kernel", "keyring"})
@NullMarked
package com.misybot.tenancy.outbound;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
