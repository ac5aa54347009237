/** Moves of many tenants: an operation, and what came of each of them. */
@NullMarked
package com.misybot.tenancy.tenant.bulk;

import org.jspecify.annotations.NullMarked;
