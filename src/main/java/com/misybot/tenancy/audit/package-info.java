/** The tamper-evident trail of each tenant: who did what, when and why, provable to somebody who does not trust the operator. */
@ApplicationModule(
        displayName = "Audit",
        allowedDependencies = {"kernel", "web", "operation", "operation :: job", "lifecycle", "keyring", "tenant"})
@NullMarked
package com.misybot.tenancy.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
