package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.lifecycle.OnRegistration;
import com.misybot.tenancy.lifecycle.OnRegistration.Part;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
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
     * @param operation what sets it up, once this transaction has committed
     */
    public record Registered(
            Tenant tenant,
            @Nullable OneTimeSecret secret,
            @Nullable UUID operation) {}

    /**
     * Registers a tenant and lets the other modules do their part in the same transaction. It is {@code PROVISIONING} until its run
     * of provisioning, which begins after the commit, makes it {@code ACTIVE}.
     *
     * @param issueSecret whether a first secret is wanted
     */
    public Registered register(Registration registration, boolean issueSecret, Reach reach, Cause cause) {
        return transactions.change(Scope.platform(), () -> {
            var now = clock.instant();
            var tenant = registrar.fresh(registration, reach, cause, now);
            LogContext.tenant(tenant.tenantId());
            names.claim(registrar.names(tenant));
            entities.persist(tenant);
            Failures.flush(entities);
            var parts =
                    tellOthers(new OnRegistration.Registered(tenant.id(), tenant.tenantId(), issueSecret, cause, now));
            var secret = one(parts, Part::secret);
            var fields = tenant.whole();
            if (secret != null) {
                fields.put("secret", Difference.MASKED);
            }
            changes.tell(tenant, TenantChanges.CREATED, fields, cause, now);
            origins.tellWhereNear(tenant, 0, cause, now);
            return new Registered(tenant, secret, one(parts, Part::operation));
        });
    }

    private List<Part> tellOthers(OnRegistration.Registered registered) {
        return others.orderedStream().map(other -> other.registered(registered)).toList();
    }

    private static <T> @Nullable T one(List<Part> parts, Function<Part, @Nullable T> what) {
        return parts.stream().map(what).filter(Objects::nonNull).findFirst().orElse(null);
    }
}
