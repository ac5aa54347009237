package com.misybot.tenancy.provisioning;

import com.misybot.tenancy.kernel.EventType;
import com.misybot.tenancy.kernel.EventTypes;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is told of runs of provisioning. */
@Component
class ProvisioningEventTypes implements EventTypes {

    @Override
    public List<EventType> all() {
        return List.of(EventType.of(
                ProvisioningChanges.ABORT_REQUESTED,
                "The run that sets a tenant up is to be given up; what it has set up is undone.",
                "the id of the run"));
    }
}
