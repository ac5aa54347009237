package com.misybot.tenancy.credential;

import com.misybot.tenancy.kernel.EventType;
import com.misybot.tenancy.kernel.EventTypes;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is told of secrets. */
@Component
class SecretEventTypes implements EventTypes {

    @Override
    public List<EventType> all() {
        return List.of(
                EventType.of(
                        SecretChanges.ROTATED,
                        "A new secret was issued; what was there before ends after the overlap, or at once.",
                        "the id of the new secret"),
                EventType.of(SecretChanges.REVOKED, "A secret ended at once.", "the id of the secret"),
                EventType.of(
                        SecretChanges.ALL_REVOKED,
                        "Every secret of a tenant ended at once.",
                        "the UUID of the tenant"));
    }
}
