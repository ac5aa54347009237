package com.misybot.tenancy.audit;

import com.misybot.tenancy.kernel.EventType;
import com.misybot.tenancy.kernel.EventTypes;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is told of trails. */
@Component
class AuditEventTypes implements EventTypes {

    @Override
    public List<EventType> all() {
        return List.of(EventType.of(
                Checkpoints.CHECKPOINTED,
                "The head of a trail was signed: fetch the checkpoint and keep it.",
                "the number of the entry"));
    }
}
