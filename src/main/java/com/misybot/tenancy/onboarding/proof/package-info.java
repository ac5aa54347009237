/** The proof that a site belongs to whoever applies for it. */
@NullMarked
package com.misybot.tenancy.onboarding.proof;

import org.jspecify.annotations.NullMarked;
