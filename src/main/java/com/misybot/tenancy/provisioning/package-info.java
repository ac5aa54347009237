/**
 * Sets up what a new tenant needs in every store, by the steps that the modules contribute, whatever crashes on the way; and takes it
 * away again where a step fails for good.
 */
@ApplicationModule(
        displayName = "Provisioning",
        allowedDependencies = {"kernel", "web", "operation", "operation :: job", "lifecycle", "keyring", "tenant"})
@NullMarked
package com.misybot.tenancy.provisioning;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
