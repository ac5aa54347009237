package com.misybot.tenancy.context.redis;

import com.misybot.tenancy.kernel.SecurityEvents;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells what nobody but an intruder or a broken store does: writes values that are not ours. */
@Component
public class ForeignValues {

    private final SecurityEvents events;

    ForeignValues(SecurityEvents events) {
        this.events = events;
    }

    /** A value in Redis was not written by this service for this key. Its text is not told. */
    public void found(String key, @Nullable UUID tenant) {
        events.tell(
                "foreign_value",
                "the value of " + key + " in Redis is not one of this service and was removed; tenant " + tenant);
    }
}
