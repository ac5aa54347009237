/** Misy Tenancy, the tenant control plane of the MisyBot platform. Each package below is a module. */
@NullMarked
package com.misybot.tenancy;

import org.jspecify.annotations.NullMarked;
