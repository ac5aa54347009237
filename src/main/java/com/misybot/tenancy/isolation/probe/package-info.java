/**
 * The proof: as each of two tenants that nobody has, it tries to reach the data of the other in every store by every way there is,
 * and reports what came of it.
 */
@NamedInterface("probe")
@NullMarked
package com.misybot.tenancy.isolation.probe;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
