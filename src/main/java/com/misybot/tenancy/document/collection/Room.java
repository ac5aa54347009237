package com.misybot.tenancy.document.collection;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.document.mongo.TenantUsage;
import com.misybot.tenancy.document.mongo.TenantUsage.Amount;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.tenant.Quota;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** The room that a tenant's documents may take: taken up before a write, given back where nothing came of it. */
@Component
class Room {

    private static final Logger LOG = LoggerFactory.getLogger(Room.class);

    private final TenantUsage usage;
    private final ScopedTransactions transactions;
    private final ApplicationEventPublisher events;

    Room(TenantUsage usage, ScopedTransactions transactions, ApplicationEventPublisher events) {
        this.usage = usage;
        this.transactions = transactions;
        this.events = events;
    }

    /**
     * Takes up room, and tells where 80 % of a limit are reached by it.
     *
     * @throws com.misybot.tenancy.web.ProblemException 409 {@code quota_exceeded}
     */
    void take(TenantNow tenant, Amount more, Cause cause) {
        var most = new Amount(tenant.limits().documents(), tenant.limits().documentBytes());
        var after = usage.reserve(tenant.tenant(), more, most, tenant.now());
        if (Quota.crosses80(after.documents() - more.documents(), after.documents(), most.documents())) {
            tell(tenant.tenant(), TenantUsage.DOCUMENTS, cause);
        }
        if (Quota.crosses80(after.bytes() - more.bytes(), after.bytes(), most.bytes())) {
            tell(tenant.tenant(), TenantUsage.BYTES, cause);
        }
    }

    /** Gives room back. */
    void give(TenantNow tenant, Amount less) {
        usage.release(tenant.tenant(), less, tenant.now());
    }

    /** Nothing is refused for it: the write goes on where it cannot be told. */
    private void tell(UUID tenant, String limit, Cause cause) {
        try {
            transactions.change(Scope.tenant(tenant), () -> {
                events.publishEvent(new Change(
                        UuidCreator.getTimeOrderedEpoch(),
                        tenant,
                        Quota.APPROACHED,
                        limit,
                        new TreeMap<>(),
                        cause,
                        transactions.now()));
                return true;
            });
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("That {} comes near its limit could not be told", limit, e);
        }
    }
}
