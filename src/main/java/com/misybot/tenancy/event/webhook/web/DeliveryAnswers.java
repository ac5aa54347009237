package com.misybot.tenancy.event.webhook.web;

import com.misybot.tenancy.event.webhook.Deliveries;
import com.misybot.tenancy.event.webhook.Delivery;
import com.misybot.tenancy.web.Idempotency;
import com.misybot.tenancy.web.IdempotencyKey;
import com.misybot.tenancy.web.Page;
import com.misybot.tenancy.web.Paging;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** What requests about messages to webhooks are answered, whosever they are. */
@Component
class DeliveryAnswers {

    static final String LIST =
            "The latest first, each message with its last attempt. What is done with is kept for 30 days.";

    private final Deliveries deliveries;
    private final Idempotency idempotency;

    DeliveryAnswers(Deliveries deliveries, Idempotency idempotency) {
        this.deliveries = deliveries;
        this.idempotency = idempotency;
    }

    Page<DeliveryResponse> list(WebhookOwner owner, UUID id, Delivery.@Nullable State state, Paging paging) {
        var cursor = paging.cursor();
        var found = deliveries.list(
                owner.tenant(), id, state, cursor == null ? null : UUID.fromString(cursor.getFirst()), paging.limit());
        return paging.page(found, one -> List.of(one.id().toString())).map(DeliveryResponse::from);
    }

    DeliveryResponse read(WebhookOwner owner, UUID id, UUID delivery) {
        return DeliveryResponse.from(deliveries.find(owner.tenant(), id, delivery));
    }

    ResponseEntity<?> test(WebhookOwner owner, UUID id, IdempotencyKey key) {
        return accepted(owner, id, key, () -> deliveries.test(owner.tenant(), id));
    }

    ResponseEntity<?> replay(WebhookOwner owner, UUID id, UUID delivery, IdempotencyKey key) {
        return accepted(owner, id, key, () -> deliveries.replay(owner.tenant(), id, delivery));
    }

    private ResponseEntity<?> accepted(WebhookOwner owner, UUID id, IdempotencyKey key, Supplier<Delivery> work) {
        return idempotency.once(key, owner.scope(), () -> {
            var delivery = work.get();
            return ResponseEntity.accepted()
                    .location(URI.create(owner.of(id) + "/deliveries/" + delivery.id()))
                    .body(DeliveryResponse.from(delivery));
        });
    }
}
