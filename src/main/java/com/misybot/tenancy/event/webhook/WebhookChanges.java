package com.misybot.tenancy.event.webhook;

/** What can happen to webhooks, as {@link com.misybot.tenancy.kernel.Change#type()} tells it. The subject is the webhook. */
public final class WebhookChanges {

    public static final String CREATED = "webhook.created";

    public static final String UPDATED = "webhook.updated";

    public static final String DELETED = "webhook.deleted";

    /** The service has stopped telling it, because its server answered 410 or accepted nothing for too long. */
    public static final String DISABLED = "webhook.disabled";

    /** It has a new signing secret; the one before is used beside it until the overlap ends. */
    public static final String SECRET_ROTATED = "webhook.secret_rotated";

    /** A caller asked for a message about nothing. Nothing has changed, and only the webhook it was asked for is told. */
    static final String TEST = "webhook.test";

    private WebhookChanges() {}
}
