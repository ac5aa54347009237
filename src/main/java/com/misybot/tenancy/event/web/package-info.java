/** The HTTP face of events. */
@NullMarked
package com.misybot.tenancy.event.web;

import org.jspecify.annotations.NullMarked;
