/** Telling others of events by HTTP: who is told, each message to them, and how it went. */
@NamedInterface("webhook")
@NullMarked
package com.misybot.tenancy.event.webhook;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
