package com.misybot.tenancy.document.mongo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.misybot.tenancy.document.DeclaredCollection;
import com.misybot.tenancy.document.DeclaredField;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** The collections themselves: made with their indexes before the first document, dropped with everything in them. */
@Component
public class CollectionStore {

    private static final String ENDS = "ends";
    private static final String FIELD = "field_";
    private static final int REMEMBERED = 50_000;

    /** Generations that have been made lately; made again is made no different. */
    private final Cache<UUID, Boolean> made = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    private final MongoDoor door;

    CollectionStore(MongoDoor door) {
        this.door = door;
    }

    /** Makes a collection and its indexes, and takes away those of an earlier declaration. */
    public void make(DeclaredCollection collection) {
        if (made.getIfPresent(collection.generation()) != null) {
            return;
        }
        door.call(database -> {
            index(Namespaces.of(database, collection), collection);
            return true;
        });
        made.put(collection.generation(), true);
    }

    private static void index(MongoCollection<BsonDocument> there, DeclaredCollection collection) {
        var wanted = new ArrayList<IndexModel>();
        Set<String> names = new HashSet<>();
        for (var field : collection.declaration().fields()) {
            if (field.indexed()) {
                names.add(FIELD + field.name());
                wanted.add(index(field));
            }
        }
        if (collection.declaration().ttlField() != null) {
            names.add(ENDS);
            wanted.add(new IndexModel(
                    Indexes.ascending(StoredDocument.EXPIRES),
                    new IndexOptions().name(ENDS).expireAfter(0L, TimeUnit.SECONDS)));
        }
        for (var present : there.listIndexes(Document.class)) {
            var name = present.getString("name");
            if ((name.startsWith(FIELD) || name.equals(ENDS)) && !names.contains(name)) {
                there.dropIndex(name);
            }
        }
        if (!wanted.isEmpty()) {
            there.createIndexes(wanted);
        }
    }

    private static IndexModel index(DeclaredField field) {
        return new IndexModel(
                Indexes.ascending(StoredDocument.VALUES + "." + field.name(), StoredDocument.ID),
                new IndexOptions().name(FIELD + field.name()));
    }

    /** Drops a collection with everything in it, where it is there. */
    public void drop(DeclaredCollection collection) {
        door.call(database -> {
            if (Namespaces.all(database, collection.tenant())
                    .contains(Namespaces.name(collection.tenant(), collection.name()))) {
                Namespaces.of(database, collection).drop();
            }
            return List.of();
        });
        made.invalidate(collection.generation());
    }
}
