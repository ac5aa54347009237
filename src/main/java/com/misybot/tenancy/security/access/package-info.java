/** The words of access: scopes, networks, and all that a caller is trusted with. */
@NullMarked
package com.misybot.tenancy.security.access;

import org.jspecify.annotations.NullMarked;
