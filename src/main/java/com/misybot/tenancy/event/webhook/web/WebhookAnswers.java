package com.misybot.tenancy.event.webhook.web;

import com.misybot.tenancy.event.webhook.Webhook;
import com.misybot.tenancy.event.webhook.Webhooks;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.web.Causes;
import com.misybot.tenancy.web.ETags;
import com.misybot.tenancy.web.Idempotency;
import com.misybot.tenancy.web.IdempotencyKey;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.Page;
import com.misybot.tenancy.web.Paging;
import com.misybot.tenancy.web.RequestBodies;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What requests about webhooks are answered, whosever they are. */
@Component
class WebhookAnswers {

    private final Webhooks webhooks;
    private final Idempotency idempotency;
    private final RequestBodies bodies;

    WebhookAnswers(Webhooks webhooks, Idempotency idempotency, RequestBodies bodies) {
        this.webhooks = webhooks;
        this.idempotency = idempotency;
        this.bodies = bodies;
    }

    /** How many there are. */
    @Schema(name = "WebhookCount")
    record Count(
            @Schema(description = "As many as the list has items.", example = "3", minimum = "0")
            long count) {}

    ResponseEntity<?> create(WebhookOwner owner, WebhookTerms body, IdempotencyKey key, Cause cause) {
        var terms = body.toTerms(webhooks);
        webhooks.requireReachable(terms.url());
        return idempotency.once(key, owner.scope(), () -> {
            var made = webhooks.create(owner.tenant(), terms, cause);
            return ResponseEntity.created(owner.of(made.webhook().id()))
                    .eTag(ETags.of(made.webhook().version()))
                    .body(WebhookResponse.from(made));
        });
    }

    Page<WebhookResponse> list(WebhookOwner owner, Paging paging) {
        var cursor = paging.cursor();
        var found = webhooks.list(
                owner.tenant(), cursor == null ? null : UUID.fromString(cursor.getFirst()), paging.limit());
        return paging.page(found, one -> List.of(one.id().toString())).map(WebhookResponse::from);
    }

    Count count(WebhookOwner owner) {
        return new Count(webhooks.count(owner.tenant()));
    }

    ResponseEntity<WebhookResponse> read(WebhookOwner owner, UUID id) {
        return answer(webhooks.find(owner.tenant(), id));
    }

    ResponseEntity<WebhookResponse> patch(WebhookOwner owner, UUID id, IfMatch ifMatch, Cause cause, JsonNode body) {
        var present = webhooks.find(owner.tenant(), id);
        var next = patched(present, ifMatch, body);
        ifMatch.require(present.version());
        if (!next.url().equals(present.terms().url())) {
            webhooks.requireReachable(next.url());
        }
        return answer(webhooks.update(
                owner.tenant(), id, now -> patched(now, ifMatch, body), now -> ifMatch.require(now.version()), cause));
    }

    void delete(WebhookOwner owner, UUID id, IfMatch ifMatch, Cause cause) {
        webhooks.delete(owner.tenant(), id, now -> ifMatch.require(now.version()), cause);
    }

    ResponseEntity<?> rotate(
            WebhookOwner owner,
            UUID id,
            @Nullable RotateWebhookSecretRequest body,
            IdempotencyKey key,
            @Nullable IfMatch ifMatch,
            Cause cause) {
        var asked = Objects.requireNonNullElse(body, RotateWebhookSecretRequest.NOTHING);
        var why = Causes.with(cause, asked.reason(), asked.ticket());
        var overlap = asked.overlapOrDefault();
        return idempotency.once(key, owner.scope(), () -> {
            var rotated = webhooks.rotate(
                    owner.tenant(), id, overlap, now -> ETags.requireMatch(ifMatch, now.version()), why);
            return ETags.ok(
                    WebhookResponse.from(rotated), ETags.of(rotated.webhook().version()));
        });
    }

    private Webhook.Terms patched(Webhook present, IfMatch ifMatch, JsonNode body) {
        var sent = ifMatch.matches(present.version()) ? body : withoutReadOnly(body);
        return bodies.patch(sent, WebhookResponse.from(present), WebhookResponse.READ_ONLY, WebhookTerms.class)
                .toTerms(webhooks);
    }

    /** Who read another version sends what was true of that: 412 says so, {@code read_only} would mislead. */
    private static JsonNode withoutReadOnly(JsonNode body) {
        return body instanceof ObjectNode object ? object.deepCopy().remove(WebhookResponse.READ_ONLY) : body;
    }

    private static ResponseEntity<WebhookResponse> answer(Webhook webhook) {
        return ETags.ok(WebhookResponse.from(webhook), webhook.version());
    }
}
