/** What a tenant's profile is made of: every value a client may set, canonical and valid by construction. */
@NamedInterface("profile")
@NullMarked
package com.misybot.tenancy.tenant.profile;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
