/** The HTTP face of the registry. */
@NullMarked
package com.misybot.tenancy.tenant.web;

import org.jspecify.annotations.NullMarked;
