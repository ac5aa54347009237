/**
 * Keeps the data of each tenant apart: database roles, pools, the binding of the scope, namespaces of Redis, and the checks that all is
 * in place.
 */
@ApplicationModule(
        displayName = "Isolation",
        allowedDependencies = {"kernel", "web", "operation", "operation :: job", "lifecycle", "keyring", "tenant"})
@NullMarked
package com.misybot.tenancy.isolation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
