/** Long work of every module: its status and steps, waiting for it, following it live, and the jobs that carry it. */
@ApplicationModule(
        displayName = "Operation",
        allowedDependencies = {"kernel", "web"})
@NullMarked
package com.misybot.tenancy.operation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
