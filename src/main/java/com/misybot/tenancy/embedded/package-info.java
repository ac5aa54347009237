/**
 * PostgreSQL, Redis and a MongoDB wire server for a machine with nothing installed: started before the application
 * context, each only where no address of its own is configured. The production jar has no engine in it, so that there
 * this module only says what is missing.
 */
@ApplicationModule(
        displayName = "Embedded",
        allowedDependencies = {})
@NullMarked
package com.misybot.tenancy.embedded;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
