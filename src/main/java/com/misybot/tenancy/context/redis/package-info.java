/** The way of this module to Redis: in bounded time, with a circuit that opens while Redis is away. */
@NullMarked
package com.misybot.tenancy.context.redis;

import org.jspecify.annotations.NullMarked;
