/** Webhooks over HTTP. */
@NullMarked
package com.misybot.tenancy.event.webhook.web;

import org.jspecify.annotations.NullMarked;
