package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.kernel.EventType;
import com.misybot.tenancy.kernel.EventTypes;
import java.util.List;
import org.springframework.stereotype.Component;

/** What events tell of webhooks. */
@Component
class WebhookEventTypes implements EventTypes {

    private static final String SUBJECT = "the webhook's id";

    @Override
    public List<EventType> all() {
        return List.of(
                EventType.of(WebhookChanges.CREATED, "A webhook was made.", SUBJECT),
                EventType.of(
                        WebhookChanges.UPDATED, "A webhook was changed, enabled or disabled by a caller.", SUBJECT),
                EventType.of(WebhookChanges.DELETED, "A webhook was removed.", SUBJECT),
                EventType.of(
                                WebhookChanges.DISABLED,
                                "The service disabled a webhook that is gone or accepted nothing for too long.",
                                SUBJECT)
                        .telling("disabledBecause", Webhook.Because.class),
                EventType.of(WebhookChanges.SECRET_ROTATED, "A webhook has a new signing secret.", SUBJECT),
                EventType.of(
                        WebhookChanges.TEST,
                        "Nothing happened: a caller asked for a message, and only the webhook it was asked for is told.",
                        "the message's id"));
    }
}
