/** Documents that tenants have in MongoDB: collections that are declared, and JSON in them that the service checks before the store sees it. */
@ApplicationModule(
        displayName = "Document",
        allowedDependencies = {
            "kernel",
            "web",
            "operation",
            "lifecycle",
            "keyring",
            "tenant",
            "isolation",
            "isolation :: probe"
        })
@NullMarked
package com.misybot.tenancy.document;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
