package com.misybot.tenancy.event.feed;

import com.misybot.tenancy.event.Position;
import com.misybot.tenancy.event.TypeFilter;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.TenantId;
import java.util.Set;

/** The way through the events of all tenants within somebody's reach. */
final class AllEvents implements Lane {

    private final FeedPages pages;
    private final Cursors cursors;
    private final Reach reach;
    private final Set<TenantId> tenants;
    private final TypeFilter types;
    private Position at;

    AllEvents(FeedPages pages, Cursors cursors, Reach reach, Set<TenantId> tenants, TypeFilter types, Position at) {
        this.pages = pages;
        this.cursors = cursors;
        this.reach = reach;
        this.tenants = tenants;
        this.types = types;
        this.at = at;
    }

    @Override
    public Part read(int limit) {
        var page = pages.read(at, limit);
        at = page.after();
        return new Part(page.events().stream().filter(this::wants).toList(), page.complete());
    }

    @Override
    public boolean take(FeedEvent event) {
        if (event.event().position().compareTo(at) <= 0) {
            return false;
        }
        at = event.event().position();
        return wants(event);
    }

    private boolean wants(FeedEvent event) {
        var tenant = event.tenant();
        return types.wants(event.event().type())
                && event.isWithin(reach)
                && (tenants.isEmpty() || (tenant != null && tenants.contains(tenant.tenantId())));
    }

    @Override
    public String cursor(FeedEvent event) {
        return cursors.of(event.event().position());
    }

    @Override
    public String cursor() {
        return cursors.of(at);
    }
}
