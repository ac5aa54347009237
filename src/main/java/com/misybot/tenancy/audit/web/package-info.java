/** Trails over HTTP. */
@NullMarked
package com.misybot.tenancy.audit.web;

import org.jspecify.annotations.NullMarked;
