/**
 * Takes the current tenant along: to other threads of this process and to what is scheduled, into logs and spans, out to services
 * that are trusted with it, and in from callers that may say it.
 */
@NullMarked
package com.misybot.tenancy.context.propagation;

import org.jspecify.annotations.NullMarked;
