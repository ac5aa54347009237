/** Finding tenants: lists by key, counts, and searches that forgive a typo. All of it is work of the platform role. */
@NullMarked
package com.misybot.tenancy.tenant.find;

import org.jspecify.annotations.NullMarked;
