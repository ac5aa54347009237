/** What is written to applicants, and who carries it. */
@NullMarked
package com.misybot.tenancy.onboarding.mail;

import org.jspecify.annotations.NullMarked;
