/** Plans: what tenants get by them, and taking up a change of one in all that have it. */
@NullMarked
package com.misybot.tenancy.tenant.plan;

import org.jspecify.annotations.NullMarked;
