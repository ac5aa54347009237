/** Sessions: live in Redis alone, each in the slot of its tenant, protected by a MAC, ended by time, by request or by the epoch. */
@NullMarked
package com.misybot.tenancy.context.session;

import org.jspecify.annotations.NullMarked;
