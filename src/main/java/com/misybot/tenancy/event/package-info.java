/** What happened, told to other services: one event for each committed change, and the feed of them in an order that nothing overtakes. */
@ApplicationModule(
        displayName = "Event",
        allowedDependencies = {
            "kernel",
            "web",
            "operation",
            "operation :: job",
            "lifecycle",
            "keyring",
            "outbound",
            "tenant"
        })
@NullMarked
package com.misybot.tenancy.event;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
