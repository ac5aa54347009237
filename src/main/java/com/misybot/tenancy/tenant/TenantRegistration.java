package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.lifecycle.OnRegistration;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/** Registers one tenant with all that belongs to it, in one transaction; {@link BulkRegistration} registers many. */
@Service
public class TenantRegistration {

    private final ScopedTransactions transactions;
    private final EntityManager entities;
    private final NameClaims names;
    private final Registrar registrar;
    private final ObjectProvider<OnRegistration> others;
    private final OriginLimit origins;
    private final ChangeTelling changes;
    private final Clock clock;

    TenantRegistration(
            ScopedTransactions transactions,
            EntityManager entities,
            NameClaims names,
            Registrar registrar,
            ObjectProvider<OnRegistration> others,
            OriginLimit origins,
            ChangeTelling changes,
            Clock clock) {
        this.transactions = transactions;
        this.entities = entities;
        this.names = names;
        this.registrar = registrar;
        this.others = others;
        this.origins = origins;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * A tenant that has just been registered.
     *
     * @param tenant what it is
     * @param secret what it authenticates with, which nobody can ask for again
     */
    public record Registered(Tenant tenant, @Nullable OneTimeSecret secret) {}

    /**
     * Registers a tenant, {@code ACTIVE} at once until provisioning exists, and lets the other modules do their part in the same
     * transaction.
     *
     * @param issueSecret whether a first secret is wanted
     */
    public Registered register(Registration registration, boolean issueSecret, Reach reach, Cause cause) {
        return transactions.change(Scope.platform(), () -> {
            var now = clock.instant();
            var tenant = registrar.tenant(Arrival.first(registration), reach, cause, now);
            LogContext.tenant(tenant.tenantId());
            names.claim(registrar.names(tenant));
            entities.persist(tenant);
            Failures.flush(entities);
            var secret =
                    tellOthers(new OnRegistration.Registered(tenant.id(), tenant.tenantId(), issueSecret, cause, now));
            var fields = tenant.whole();
            secret.ifPresent(_ -> fields.put("secret", Difference.MASKED));
            changes.tell(tenant, TenantChanges.CREATED, fields, cause, now);
            origins.tellWhereNear(tenant, 0, cause, now);
            return new Registered(tenant, secret.orElse(null));
        });
    }

    /** Every module does its part, and at most one of them has a secret. */
    private Optional<OneTimeSecret> tellOthers(OnRegistration.Registered registered) {
        return others.orderedStream().map(other -> other.registered(registered)).toList().stream()
                .flatMap(Optional::stream)
                .findFirst();
    }
}
