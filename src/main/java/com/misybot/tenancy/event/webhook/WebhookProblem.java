package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemCode;
import com.misybot.tenancy.web.ProblemException;
import java.util.List;
import org.springframework.http.HttpStatus;

/** What can be wrong with a request about webhooks. */
enum WebhookProblem implements ProblemCode {
    UNKNOWN_WEBHOOK(HttpStatus.NOT_FOUND, "There is no such webhook here"),
    UNKNOWN_DELIVERY(HttpStatus.NOT_FOUND, "There is no such delivery here"),
    WEBHOOK_DISABLED(HttpStatus.CONFLICT, "The webhook is disabled"),
    WEBHOOK_LIMIT(HttpStatus.CONFLICT, "There are as many webhooks as there may be"),
    URL_UNREACHABLE(HttpStatus.UNPROCESSABLE_CONTENT, "The URL leads to nobody who is called");

    private final HttpStatus status;
    private final String title;

    WebhookProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }

    static ProblemException unknown() {
        return new ProblemException(UNKNOWN_WEBHOOK, "No webhook has this id: list them to see which there are.");
    }

    static ProblemException unknownDelivery() {
        return new ProblemException(UNKNOWN_DELIVERY, "No delivery of this webhook has this id, or it was long ago.");
    }

    static ProblemException disabled() {
        return new ProblemException(WEBHOOK_DISABLED, "Enable the webhook first: PATCH it with state ENABLED.");
    }

    static ProblemException limit(int most) {
        return new ProblemException(WEBHOOK_LIMIT, "There are " + most + " webhooks already: delete one first.");
    }

    static ProblemException unreachable() {
        var detail = "The host has no address now, or one that is not called: give the name of a public server.";
        return new ProblemException(
                URL_UNREACHABLE, detail, List.of(new FieldError("/url", "url_unreachable", detail)));
    }
}
