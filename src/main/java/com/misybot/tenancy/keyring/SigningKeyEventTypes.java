package com.misybot.tenancy.keyring;

import com.misybot.tenancy.kernel.EventType;
import com.misybot.tenancy.kernel.EventTypes;
import java.util.List;

/** What is told of signing keys. */
final class SigningKeyEventTypes implements EventTypes {

    @Override
    public List<EventType> all() {
        return List.of(EventType.of(
                SigningKeys.CREATED,
                "A signing key was made; it is published before it signs.",
                "the id of the key (kid)"));
    }
}
