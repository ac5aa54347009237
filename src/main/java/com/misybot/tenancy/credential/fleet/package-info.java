/** The rotation of the secrets of many tenants: one operation, a result for each tenant, no secret that this service could read. */
@NullMarked
package com.misybot.tenancy.credential.fleet;

import org.jspecify.annotations.NullMarked;
