package com.misybot.tenancy.tenant.transfer;

import com.misybot.tenancy.tenant.Arrival;
import com.misybot.tenancy.tenant.TenantProblem;
import com.misybot.tenancy.tenant.transfer.ImportResult.Status;
import com.misybot.tenancy.web.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the lines before would have changed, for a dry run, which changes nothing: names that would be taken, and tenants that
 * would exist. Knows nothing and does nothing in an import that is meant.
 */
final class DryRun {

    private static final String TENANT = "tenantId";
    private static final String SITE = "siteId";
    private static final String EXTERNAL = "externalId";

    private final FileNames names;
    private final ImportOrder order;

    DryRun(FileNames names, ImportOrder order) {
        this.names = names;
        this.order = order;
    }

    /** The names that a line gives; one that will be generated is nobody else's. */
    static List<String> names(Arrival arrival) {
        var registration = arrival.registration();
        var names = new ArrayList<String>(3);
        names.add(TENANT + ' ' + registration.tenantId());
        if (registration.siteId() != null) {
            names.add(SITE + ' ' + registration.siteId());
        }
        if (registration.profile().externalId() != null) {
            names.add(EXTERNAL + ' ' + Arrival.fold(registration.profile().externalId()));
        }
        return names;
    }

    /** What a line comes to because of those before it; null where they do not matter. */
    @Nullable
    ImportResult inFile(long number, Arrival arrival) {
        if (!order.dryRun()) {
            return null;
        }
        var slug = arrival.registration().tenantId().value();
        var tenant = print(TENANT, slug);
        if (names.ownerOf(tenant) != 0 && order.upsert() && names.ownerOf(tenant) == profile(arrival)) {
            return new ImportResult(number, Status.UNCHANGED, slug, null);
        }
        for (var name : names(arrival)) {
            var field = name.substring(0, name.indexOf(' '));
            var owner = names.ownerOf(names.fingerprint(name));
            if (owner != 0 && (field.equals(TENANT) ? !order.upsert() : owner != tenant)) {
                return new ImportResult(number, Status.REFUSED, slug, taken(field));
            }
        }
        return null;
    }

    /** What a line is that could be registered: an update, where one before would have created its tenant. */
    Status created(Arrival arrival) {
        return order.dryRun()
                        && names.ownerOf(print(
                                        TENANT,
                                        arrival.registration().tenantId().value()))
                                != 0
                ? Status.UPDATED
                : Status.CREATED;
    }

    /**
     * Remembers what a line would have stored.
     *
     * @throws com.misybot.tenancy.web.ProblemException 422 where no more can be remembered
     */
    void remember(Arrival arrival, Status status) {
        if (!order.dryRun() || !(status == Status.CREATED || status == Status.UPDATED)) {
            return;
        }
        var tenant = print(TENANT, arrival.registration().tenantId().value());
        for (var name : names(arrival)) {
            var print = names.fingerprint(name);
            names.put(print, print == tenant ? profile(arrival) : tenant);
        }
    }

    private long print(String field, String name) {
        return names.fingerprint(field + ' ' + name);
    }

    private long profile(Arrival arrival) {
        return names.fingerprint(arrival.registration().profile().toString());
    }

    private static Problem taken(String field) {
        return TenantProblem.taken(field).problem();
    }
}
