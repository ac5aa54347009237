/**
 * Whom a request of the platform belongs to: resolving a site, a secret or a session to the context of its tenant, in the
 * process, in Redis and in PostgreSQL, in this order.
 */
@ApplicationModule(
        displayName = "Context",
        allowedDependencies = {"kernel", "web", "operation", "lifecycle", "keyring", "tenant", "credential"})
@NullMarked
package com.misybot.tenancy.context;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
