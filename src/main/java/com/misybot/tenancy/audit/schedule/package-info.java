/** What trails have done to them by the clock. */
@NullMarked
package com.misybot.tenancy.audit.schedule;

import org.jspecify.annotations.NullMarked;
