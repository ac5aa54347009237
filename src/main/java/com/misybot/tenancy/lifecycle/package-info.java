/** What a module contributes to a tenant's life: interfaces alone, implemented by the modules and called by those that lead through it. */
@ApplicationModule(displayName = "Lifecycle", allowedDependencies = "kernel")
@NullMarked
package com.misybot.tenancy.lifecycle;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
