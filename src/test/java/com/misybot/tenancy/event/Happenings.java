package com.misybot.tenancy.event;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Things that happen to tenants, as modules tell them. */
public final class Happenings {

    public static final String TYPE = "tenant.updated";

    private final ApplicationContext context;
    private final ScopedTransactions transactions;
    private final Api api;

    public Happenings(ApplicationContext context) {
        this.context = context;
        this.transactions = context.getBean(ScopedTransactions.class);
        this.api = Api.operator(context);
    }

    /** A tenant, which has come into being by an event of its own and been made active by another one. */
    public record Registered(UUID id, String slug, String secret) {}

    public Registered register() {
        var slug = Api.freeSlug();
        var answer = api.post("/tenants", Api.tenant(slug));
        return new Registered(UUID.fromString(answer.text("/id")), slug, answer.text("/secret"));
    }

    /** Something happens in a transaction of its own. */
    public UUID happen(UUID tenant, String subject) {
        return happen(tenant, subject, () -> {});
    }

    /** Something happens, and more is done in its transaction before that ends. */
    public UUID happen(UUID tenant, String subject, Runnable before) {
        return transactions.change(Scope.tenant(tenant), () -> {
            // as the change itself would: the first write gives the transaction its id
            context.getBean(JdbcClient.class)
                    .sql("select pg_current_xact_id()")
                    .query()
                    .listOfRows();
            var id = tell(tenant, TYPE, subject);
            before.run();
            return id;
        });
    }

    /** Tells of a change, in the present transaction. */
    public UUID tell(UUID tenant, String type, String subject) {
        var id = UuidCreator.getTimeOrderedEpoch();
        context.publishEvent(new Change(
                id,
                tenant,
                type,
                subject,
                new TreeMap<>(),
                Cause.of(Actor.system("test")),
                Instant.now().truncatedTo(ChronoUnit.MICROS)));
        return id;
    }
}
