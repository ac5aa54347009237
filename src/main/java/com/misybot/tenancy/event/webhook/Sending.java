package com.misybot.tenancy.event.webhook;

import com.misybot.tenancy.event.webhook.DeliveryQueue.Due;
import com.misybot.tenancy.event.webhook.DeliveryQueue.Outcome;
import com.misybot.tenancy.outbound.OutboundAnswer;
import com.misybot.tenancy.outbound.OutboundAnswer.Answered;
import com.misybot.tenancy.outbound.OutboundAnswer.Failed;
import com.misybot.tenancy.outbound.OutboundClient;
import com.misybot.tenancy.outbound.OutboundUrl;
import com.misybot.tenancy.outbound.SigningSecret;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Makes attempts, no more at once than this instance may, and says what comes of each. */
final class Sending {

    private static final int ACCEPTED_FROM = 200;
    private static final int ACCEPTED_TO = 299;
    private static final int GONE = 410;

    private final OutboundClient client;
    private final RetrySchedule schedule;
    private final Duration timeout;
    private final Clock clock;
    private final Semaphore places;

    Sending(OutboundClient client, RetrySchedule schedule, WebhookSettings settings, Clock clock) {
        this.client = client;
        this.schedule = schedule;
        this.timeout = settings.timeout();
        this.clock = clock;
        this.places = new Semaphore(settings.inAll(), true);
    }

    /**
     * Sends a message and waits for its answer.
     *
     * @param left run just before it leaves
     */
    Attempted send(OutboundUrl url, List<SigningSecret> secrets, Due due, byte[] body, Runnable left) {
        places.acquireUninterruptibly();
        try {
            var id = due.about().event().toString();
            var now = clock.instant();
            var headers = Map.of(
                    "webhook-id", id,
                    "webhook-timestamp", Long.toString(now.getEpochSecond()),
                    "webhook-signature", SigningSecret.sign(secrets, id, now, body));
            return attempted(due, client.post(url, headers, body, timeout, left));
        } finally {
            places.release();
        }
    }

    /** A message whose event is not kept any more. */
    static Attempted forgotten(Due due) {
        return new Attempted(
                new Outcome(due, Delivery.State.FAILED, null, null, 0, "event_gone"), true, false, false, null);
    }

    /**
     * What came of an attempt.
     *
     * @param answered whether anybody answered at all
     * @param gone whether the answer was 410
     * @param asked how long the receiver asked to be left alone
     */
    record Attempted(
            Outcome outcome,
            boolean answered,
            boolean accepted,
            boolean gone,
            @Nullable Duration asked) {}

    private Attempted attempted(Due due, OutboundAnswer answer) {
        var latency = (int) answer.latency().toMillis();
        return switch (answer) {
            case Answered it
            when it.status() >= ACCEPTED_FROM && it.status() <= ACCEPTED_TO ->
                new Attempted(
                        new Outcome(due, Delivery.State.DELIVERED, null, it.status(), latency, null),
                        true,
                        true,
                        false,
                        null);
            case Answered it -> {
                var asked = RetryAfter.parse(it.retryAfter(), clock.instant());
                var outcome = failed(due, it.status(), latency, "status", asked);
                yield new Attempted(outcome, true, false, it.status() == GONE, asked);
            }
            case Failed it ->
                new Attempted(
                        failed(
                                due,
                                null,
                                latency,
                                com.google.common.base.Ascii.toLowerCase(
                                        it.reason().name()),
                                null),
                        false,
                        false,
                        false,
                        null);
        };
    }

    private Outcome failed(Due due, @Nullable Integer status, int latency, String error, @Nullable Duration asked) {
        return schedule.after(due.attempt() + 1, asked)
                .map(delay -> new Outcome(due, Delivery.State.PENDING, delay, status, latency, error))
                .orElseGet(() -> new Outcome(due, Delivery.State.FAILED, null, status, latency, error));
    }
}
