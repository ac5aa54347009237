/** The registry: the {@code Tenant} aggregate, its life, its names, and the ways to find, change, import and export tenants. */
@ApplicationModule(
        displayName = "Tenant",
        allowedDependencies = {"kernel", "web", "operation", "operation :: job", "lifecycle", "keyring"})
@NullMarked
package com.misybot.tenancy.tenant;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
