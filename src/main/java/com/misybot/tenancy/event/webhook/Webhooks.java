package com.misybot.tenancy.event.webhook;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.outbound.OutboundClient;
import com.misybot.tenancy.outbound.OutboundUrl;
import com.misybot.tenancy.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Who is told of events: makes, changes and removes webhooks. The nil UUID in place of a tenant means those of the platform. */
@Service
public class Webhooks {

    /** Most webhooks of a tenant, and of the platform. */
    public static final int MOST = 50;

    private final WebhookRows rows;
    private final DeliveryQueue deliveries;
    private final PlatformFeed feed;
    private final WebhookSecrets secrets;
    private final OutboundClient client;
    private final ScopedTransactions transactions;
    private final ApplicationEventPublisher events;

    Webhooks(
            WebhookRows rows,
            DeliveryQueue deliveries,
            PlatformFeed feed,
            WebhookSecrets secrets,
            OutboundClient client,
            ScopedTransactions transactions,
            ApplicationEventPublisher events) {
        this.rows = rows;
        this.deliveries = deliveries;
        this.feed = feed;
        this.secrets = secrets;
        this.client = client;
        this.transactions = transactions;
        this.events = events;
    }

    /** A webhook with its signing secret, which nobody can ask for again. */
    public record Issued(Webhook webhook, OneTimeSecret secret) {}

    /**
     * Refuses a URL that is not called, whatever its server would answer. Asks name servers, so it is called outside of transactions.
     *
     * @throws ProblemException 422 {@code url_unreachable}
     */
    public void requireReachable(OutboundUrl url) {
        if (!client.leadsSomewhere(url)) {
            throw WebhookProblem.unreachable();
        }
    }

    /**
     * A URL in the form and with the port and scheme that are called.
     *
     * @throws ProblemException 400, with the code of what is wrong
     */
    public OutboundUrl url(String text) {
        try {
            var url = OutboundUrl.of(text);
            client.requireAcceptable(url);
            return url;
        } catch (InvalidValue e) {
            throw ProblemException.invalid("/url", e.code(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * Makes one.
     *
     * @throws ProblemException 409 {@code webhook_limit}
     */
    public Issued create(UUID tenant, Webhook.Terms terms, Cause cause) {
        return transactions.change(Scope.tenant(tenant), () -> {
            if (rows.count(tenant) >= MOST) {
                throw WebhookProblem.limit(MOST);
            }
            var now = rows.time();
            var id = UuidCreator.getTimeOrderedEpoch();
            var by = cause.actor().toString();
            var because = terms.enabled() ? null : Webhook.Because.CALLER;
            var webhook = new Webhook(tenant, id, terms, because, null, null, 1, now, by, now, by);
            var secret = secrets.issue();
            rows.insert(webhook, secrets.seal(secret, tenant, id, 1));
            if (terms.enabled()) {
                tellFromNow(tenant, id);
            }
            publish(webhook, WebhookChanges.CREATED, Differences.between(null, terms), cause, now);
            return new Issued(webhook, secret.shown());
        });
    }

    /**
     * One webhook.
     *
     * @throws ProblemException 404 {@code unknown_webhook}
     */
    public Webhook find(UUID tenant, UUID id) {
        return transactions.read(Scope.tenant(tenant), () -> require(tenant, id));
    }

    /** A part of all, in the order they were made in. */
    public List<Webhook> list(UUID tenant, @Nullable UUID after, int limit) {
        return transactions.read(Scope.tenant(tenant), () -> rows.list(tenant, after, limit));
    }

    /** How many there are. */
    public int count(UUID tenant) {
        return transactions.read(Scope.tenant(tenant), () -> rows.count(tenant));
    }

    /**
     * Changes what a client may set. One that is disabled forgets what it was not told yet.
     *
     * @param next what it is to be, of what it is
     * @param check looks at the version after {@code next} has accepted the request
     */
    public Webhook update(
            UUID tenant, UUID id, Function<Webhook, Webhook.Terms> next, Consumer<Webhook> check, Cause cause) {
        return transactions.change(Scope.tenant(tenant), () -> {
            var before = require(tenant, id);
            var terms = next.apply(before);
            check.accept(before);
            var changed = Differences.between(before.terms(), terms);
            if (changed.isEmpty()) {
                return before;
            }
            var now = rows.time();
            var anew = changed.containsKey("url") || (changed.containsKey("state") && terms.enabled());
            rows.update(tenant, id, terms, anew, now, cause.actor().toString());
            if (!terms.enabled()) {
                deliveries.cancelAll(tenant, id);
            } else if (!before.terms().enabled()) {
                tellFromNow(tenant, id);
            }
            publish(before, WebhookChanges.UPDATED, changed, cause, now);
            return require(tenant, id);
        });
    }

    /** Removes one with its log; what it was not told yet it is not told. */
    public void delete(UUID tenant, UUID id, Consumer<Webhook> check, Cause cause) {
        transactions.change(Scope.tenant(tenant), () -> {
            var webhook = require(tenant, id);
            check.accept(webhook);
            rows.delete(tenant, id);
            publish(webhook, WebhookChanges.DELETED, new TreeMap<>(), cause, rows.time());
            return null;
        });
    }

    /**
     * Gives it another signing secret. Messages are signed with the one before as well until the overlap ends.
     *
     * @param overlap 0 to 7 days; 0 ends the one before at once
     */
    public Issued rotate(UUID tenant, UUID id, Duration overlap, Consumer<Webhook> check, Cause cause) {
        return transactions.change(Scope.tenant(tenant), () -> {
            var before = require(tenant, id);
            check.accept(before);
            var now = rows.time();
            var secret = secrets.issue();
            var number = rows.secrets(tenant, id).orElseThrow().number() + 1;
            rows.rotate(
                    tenant,
                    id,
                    secrets.seal(secret, tenant, id, number),
                    overlap.isZero() ? null : now.plus(overlap),
                    now,
                    cause.actor().toString());
            var webhook = require(tenant, id);
            var fields = new TreeMap<>(Map.of("secret", Difference.MASKED));
            fields.put("previousSecretUntil", Difference.of(before.previousUntil(), webhook.previousUntil()));
            publish(webhook, WebhookChanges.SECRET_ROTATED, fields, cause, now);
            return new Issued(webhook, secret.shown());
        });
    }

    /** A tenant's webhooks are told by its changes; the platform's by the feed, which is read for who is told alone. */
    private void tellFromNow(UUID tenant, UUID id) {
        if (tenant.equals(Scope.NIL)) {
            feed.join(id);
        }
    }

    private Webhook require(UUID tenant, UUID id) {
        return rows.find(tenant, id).orElseThrow(WebhookProblem::unknown);
    }

    private void publish(Webhook webhook, String type, SortedMap<String, Difference> fields, Cause cause, Instant now) {
        events.publishEvent(new Change(
                UuidCreator.getTimeOrderedEpoch(),
                webhook.tenant(),
                type,
                webhook.id().toString(),
                fields,
                cause,
                now));
    }
}
