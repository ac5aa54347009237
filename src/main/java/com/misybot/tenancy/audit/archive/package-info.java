/** Trails that leave the service: an archive, and who verifies it without the service. */
@NamedInterface("archive")
@NullMarked
package com.misybot.tenancy.audit.archive;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
