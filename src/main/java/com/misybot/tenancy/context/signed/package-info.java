/** The tenant context as a signed token, which other services verify with the published keys and without a call. */
@NullMarked
package com.misybot.tenancy.context.signed;

import org.jspecify.annotations.NullMarked;
