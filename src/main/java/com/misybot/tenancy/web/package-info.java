/** The HTTP contract that every controller keeps: problems, strict JSON, ETags, idempotency, paging, causes. */
@ApplicationModule(
        displayName = "Web",
        allowedDependencies = {"kernel", "keyring"})
@NullMarked
package com.misybot.tenancy.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
