/** The vocabulary all modules share: who a tenant is, who acts, in which scope, and how a change is told. */
@ApplicationModule(
        displayName = "Kernel",
        allowedDependencies = {})
@NullMarked
package com.misybot.tenancy.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
