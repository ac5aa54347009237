package com.misybot.tenancy.context.session;

import com.misybot.tenancy.context.KnownTenants;
import com.misybot.tenancy.context.redis.RedisAwayException;
import com.misybot.tenancy.tenant.LimitUsage;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** How many live sessions a tenant has. */
@Component
class SessionUsage implements LimitUsage {

    /** The name of the limit. */
    static final String LIMIT = "sessions";

    private final SessionIndex index;
    private final KnownTenants tenants;
    private final Clock clock;

    SessionUsage(SessionIndex index, KnownTenants tenants, Clock clock) {
        this.index = index;
        this.tenants = tenants;
        this.clock = clock;
    }

    @Override
    public String limit() {
        return LIMIT;
    }

    @Override
    public OptionalLong used(UUID tenant) {
        try {
            var known = tenants.byId(tenant);
            return known == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(index.count(tenant, known.sessionEpoch(), clock.instant()));
        } catch (RedisAwayException
                | com.misybot.tenancy.web.ProblemException
                | DataAccessException
                | TransactionException _) {
            return OptionalLong.empty();
        }
    }
}
