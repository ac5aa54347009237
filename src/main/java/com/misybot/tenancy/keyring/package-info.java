/** The service's own keys: the root secret, the keys derived from it, and the proof that they fit the data. */
@ApplicationModule(displayName = "Keyring", allowedDependencies = "kernel")
@NullMarked
package com.misybot.tenancy.keyring;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
