package com.misybot.tenancy.isolation.redis;

import com.misybot.tenancy.kernel.EventType;
import com.misybot.tenancy.kernel.EventTypes;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is told of the namespaces of tenants. */
@Component
class NamespaceEventTypes implements EventTypes {

    private static final String STORE = "the store, such as redis";

    @Override
    public List<EventType> all() {
        return List.of(
                EventType.of(
                        NamespaceChanges.ISSUED,
                        "A password for the namespace was issued; the one before ended.",
                        STORE),
                EventType.of(NamespaceChanges.REVOKED, "The password for the namespace ended.", STORE),
                EventType.of(NamespaceChanges.EMPTYING, "Everything in the namespace is being deleted.", STORE));
    }
}
