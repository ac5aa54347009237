package com.misybot.tenancy.embedded;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationListener;

/** Ends the use of the engines when the application fails before a context could do so; else they would run on. */
final class FailedStart implements ApplicationListener<ApplicationFailedEvent> {

    private @Nullable EngineLease lease;

    void watch(EngineLease lease) {
        this.lease = lease;
    }

    @Override
    public void onApplicationEvent(ApplicationFailedEvent event) {
        if (lease != null) {
            lease.destroy();
        }
    }
}
