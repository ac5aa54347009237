/** Tenants in bulk: the form in which many of them leave and come back. */
@NullMarked
package com.misybot.tenancy.tenant.transfer;

import org.jspecify.annotations.NullMarked;
