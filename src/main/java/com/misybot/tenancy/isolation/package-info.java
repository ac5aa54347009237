/** Keeps the data of each tenant apart: database roles, pools, the binding of the scope, and the check that all is in place. */
@ApplicationModule(displayName = "Isolation", allowedDependencies = "kernel")
@NullMarked
package com.misybot.tenancy.isolation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
