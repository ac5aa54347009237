package com.misybot.tenancy.event.feed;

import com.misybot.tenancy.event.EventStore;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Begins a new epoch where the database was restored from a dump: there are events of transactions then that this server has not
 * begun yet, and what it writes from now on would be put before them, where nobody looks.
 */
@Component
class FeedEpoch implements InitializingBean {

    private static final Logger LOG = LoggerFactory.getLogger(FeedEpoch.class);

    private final EventStore store;
    private final ScopedTransactions transactions;

    FeedEpoch(EventStore store, ScopedTransactions transactions) {
        this.store = store;
        this.transactions = transactions;
    }

    @Override
    public void afterPropertiesSet() {
        var epoch = transactions.read(Scope.platform(), store::epochBeforeRestore);
        if (epoch != null && transactions.change(Scope.platformRows(), () -> store.raiseEpoch(epoch))) {
            LOG.warn("The database was restored from a dump: the feed of events goes on in epoch {}", epoch + 1);
        }
    }
}
