/** How much is done for one tenant and for one caller in a second, counted over all instances; what counts come near to. */
@NullMarked
package com.misybot.tenancy.context.limit;

import org.jspecify.annotations.NullMarked;
