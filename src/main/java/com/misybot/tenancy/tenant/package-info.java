/** The registry: every business the platform knows, what it is called, and what it may do. */
@ApplicationModule(displayName = "Tenant", allowedDependencies = "kernel")
@NullMarked
package com.misybot.tenancy.tenant;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
