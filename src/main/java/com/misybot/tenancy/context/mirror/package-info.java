/** The mirror of every tenant's context in Redis: written after each change, repaired until Redis has it, made anew after a flush. */
@NullMarked
package com.misybot.tenancy.context.mirror;

import org.jspecify.annotations.NullMarked;
