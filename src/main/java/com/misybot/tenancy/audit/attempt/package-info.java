/** What is no change and stands on trails all the same, written after the fact by a thread of its own. */
@NullMarked
package com.misybot.tenancy.audit.attempt;

import org.jspecify.annotations.NullMarked;
