package com.misybot.tenancy.event.feed;

import com.misybot.tenancy.event.TypeFilter;
import java.util.UUID;

/** The way through the events of one tenant. */
final class EventsOfTenant implements Lane {

    private final FeedPages pages;
    private final Cursors cursors;
    private final UUID tenant;
    private final TypeFilter types;
    private long at;

    EventsOfTenant(FeedPages pages, Cursors cursors, UUID tenant, TypeFilter types, long at) {
        this.pages = pages;
        this.cursors = cursors;
        this.tenant = tenant;
        this.types = types;
        this.at = at;
    }

    @Override
    public Part read(int limit) {
        var events = pages.read(tenant, at, limit);
        if (!events.isEmpty()) {
            at = events.getLast().event().sequence();
        }
        return new Part(
                events.stream()
                        .filter(event -> types.wants(event.event().type()))
                        .toList(),
                events.size() < limit);
    }

    @Override
    public boolean take(FeedEvent event) {
        if (!event.event().tenant().equals(tenant) || event.event().sequence() <= at) {
            return false;
        }
        at = event.event().sequence();
        return types.wants(event.event().type());
    }

    @Override
    public String cursor(FeedEvent event) {
        return cursors.of(tenant, event.event().sequence());
    }

    @Override
    public String cursor() {
        return cursors.of(tenant, at);
    }
}
