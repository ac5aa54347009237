package com.misybot.tenancy.event.webhook.web;

/** Whether a webhook is told of events. */
enum WebhookState {
    ENABLED,
    DISABLED
}
