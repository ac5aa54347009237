package com.misybot.tenancy.credential;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.keyring.LastUses;
import com.misybot.tenancy.keyring.TenantKeyId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** In which minute each secret was last used, one tenant a transaction: a tenant whose lock is not to be had holds up no other for good. */
@Component
class SecretUse extends LastUses<TenantKeyId> {

    private static final Logger log = LoggerFactory.getLogger(SecretUse.class);

    private final SecretRows rows;
    private final ScopedTransactions transactions;

    SecretUse(SecretRows rows, ScopedTransactions transactions, Clock clock) {
        super("secret-use", Comparator.comparing(TenantKeyId::tenant).thenComparing(TenantKeyId::record), clock);
        this.rows = rows;
        this.transactions = transactions;
    }

    @Override
    protected Collection<TenantKeyId> store(SortedMap<TenantKeyId, Instant> uses) {
        var written = new ArrayList<TenantKeyId>(uses.size());
        byTenant(uses).forEach((tenant, ofTenant) -> {
            try {
                transactions.change(Scope.tenant(tenant), () -> {
                    ofTenant.forEach(
                            use -> rows.used(use.getKey(), use.getValue().truncatedTo(ChronoUnit.MINUTES)));
                    return ofTenant.size();
                });
                ofTenant.forEach(use -> written.add(use.getKey()));
            } catch (RuntimeException e) {
                log.debug("The last use of the secrets of {} waits", tenant, e);
            }
        });
        return written;
    }

    private static Map<UUID, List<Map.Entry<TenantKeyId, Instant>>> byTenant(SortedMap<TenantKeyId, Instant> uses) {
        return uses.entrySet().stream()
                .collect(Collectors.groupingBy(use -> use.getKey().tenant()));
    }
}
