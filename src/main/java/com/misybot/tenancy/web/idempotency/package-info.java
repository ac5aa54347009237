/** Keeps answers in the transaction of their effect, and gives them again. */
@NullMarked
package com.misybot.tenancy.web.idempotency;

import org.jspecify.annotations.NullMarked;
