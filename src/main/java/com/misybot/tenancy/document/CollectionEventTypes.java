package com.misybot.tenancy.document;

import com.misybot.tenancy.kernel.EventType;
import com.misybot.tenancy.kernel.EventTypes;
import java.util.List;
import org.springframework.stereotype.Component;

/** What is told of collections; of single documents nothing is. */
@Component
class CollectionEventTypes implements EventTypes {

    private static final String NAME = "the name of the collection";

    @Override
    public List<EventType> all() {
        return List.of(
                EventType.of(CollectionChanges.DECLARED, "A collection was declared.", NAME),
                EventType.of(CollectionChanges.UPDATED, "The declaration of a collection was replaced.", NAME),
                EventType.of(CollectionChanges.DELETED, "A collection was deleted with everything in it.", NAME));
    }
}
