/** Onboarding over HTTP: the API for applicants and operators, and the pages that links in mails open. */
@NullMarked
package com.misybot.tenancy.onboarding.web;

import org.jspecify.annotations.NullMarked;
