package com.misybot.tenancy.security.apikey;

import com.misybot.tenancy.kernel.EventType;
import com.misybot.tenancy.kernel.EventTypes;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is told of the keys of operators and services. */
@Component
class ApiKeyEventTypes implements EventTypes {

    private static final String KEY = "the id of the key";

    @Override
    public List<EventType> all() {
        return List.of(
                EventType.of(ApiKeys.CREATED, "An API key was created.", KEY),
                EventType.of(ApiKeys.ROTATED, "An API key got a successor, and ends after the overlap.", KEY),
                EventType.of(ApiKeys.REVOKED, "An API key ended at once.", KEY));
    }
}
