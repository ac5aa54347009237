package com.misybot.tenancy.document.mongo;

import static com.misybot.tenancy.document.mongo.StoredDocument.EXPIRES;
import static com.misybot.tenancy.document.mongo.StoredDocument.GENERATION;
import static com.misybot.tenancy.document.mongo.StoredDocument.ID;
import static com.misybot.tenancy.document.mongo.StoredDocument.SIZE;
import static com.misybot.tenancy.document.mongo.StoredDocument.TENANT;
import static com.misybot.tenancy.document.mongo.StoredDocument.VERSION;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.misybot.tenancy.document.DeclaredCollection;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The documents of collections in MongoDB. Each method is one answer of MongoDB, and each change is one atomic operation on the
 * version that was read. What carries another tenant, another generation of its collection or an end that has come is not there.
 */
@Component
public class DocumentStore {

    private final MongoDoor door;
    private final ForeignDocuments foreign;

    DocumentStore(MongoDoor door, ForeignDocuments foreign) {
        this.door = door;
        this.foreign = foreign;
    }

    /**
     * What stands under an id.
     *
     * @param live the document, where there is one for its caller
     * @param dead what is there and no document for anybody, as MongoDB has it
     */
    public record Found(
            @Nullable StoredDocument live, @Nullable BsonDocument dead) {}

    /** Looks at an id. */
    public Found find(DeclaredCollection collection, String id, Instant now) {
        var bson = door.call(
                database -> Namespaces.of(database, collection).find(byId(id)).first());
        if (bson == null) {
            return new Found(null, null);
        }
        var live = live(bson, collection, now);
        return live == null ? new Found(null, bson) : new Found(live, null);
    }

    /** Whether nothing stood under this id, and this does now. */
    public boolean insert(DeclaredCollection collection, StoredDocument document) {
        return door.call(database -> {
            try {
                Namespaces.of(database, collection).insertOne(document.toBson(collection));
                return true;
            } catch (MongoWriteException e) {
                if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** Whether the document was at this version still, and is now the other one. */
    public boolean replace(DeclaredCollection collection, long version, StoredDocument next) {
        return replace(collection, at(collection, next.id(), version), next);
    }

    /** Whether what is no document was there still, and this has its place now. */
    public boolean bury(DeclaredCollection collection, BsonDocument dead, StoredDocument next) {
        return replace(
                collection,
                and(
                        byId(next.id()),
                        eq(TENANT, dead.getOrDefault(TENANT, BsonNull.VALUE)),
                        eq(GENERATION, dead.getOrDefault(GENERATION, BsonNull.VALUE)),
                        eq(VERSION, dead.getOrDefault(VERSION, BsonNull.VALUE))),
                next);
    }

    private boolean replace(DeclaredCollection collection, Bson present, StoredDocument next) {
        return door.call(database -> Namespaces.of(database, collection)
                        .replaceOne(present, next.toBson(collection))
                        .getMatchedCount()
                == 1);
    }

    /** Whether the document was at this version still, and is gone now. */
    public boolean delete(DeclaredCollection collection, String id, long version) {
        return door.call(database -> Namespaces.of(database, collection)
                        .deleteOne(at(collection, id, version))
                        .getDeletedCount()
                == 1);
    }

    /** Some documents, and whether there are more after them. */
    public record Part(List<StoredDocument> documents, boolean more) {}

    /**
     * The next documents in the order of their ids.
     *
     * @param filter on declared values, as {@link ValueFilter} makes it
     * @param after the id of the last one before; null begins
     * @param most how many
     * @param mostBytes how many bytes of JSON, the first document in any case
     */
    public Part list(
            DeclaredCollection collection, Bson filter, @Nullable String after, int most, long mostBytes, Instant now) {
        var asked = and(
                after == null ? Filters.empty() : Filters.gt(ID, new BsonString(after)),
                alive(collection, now),
                filter);
        return door.call(database -> {
            List<StoredDocument> part = new ArrayList<>();
            var bytes = 0L;
            try (var cursor = Namespaces.of(database, collection)
                    .find(asked)
                    .sort(Sorts.ascending(ID))
                    .batchSize(most + 1)
                    .maxTime(door.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .iterator()) {
                while (cursor.hasNext()) {
                    var document = live(cursor.next(), collection, now);
                    if (document == null) {
                        continue;
                    }
                    bytes += document.size();
                    if (part.size() == most || (bytes > mostBytes && !part.isEmpty())) {
                        return new Part(part, true);
                    }
                    part.add(document);
                }
            }
            return new Part(part, false);
        });
    }

    /** How many documents pass a filter. */
    public long count(DeclaredCollection collection, Bson filter, Instant now) {
        var asked = and(eq(TENANT, new BsonBinary(collection.tenant())), alive(collection, now), filter);
        return door.call(database -> Namespaces.of(database, collection)
                .countDocuments(asked, new CountOptions().maxTime(door.timeout().toMillis(), TimeUnit.MILLISECONDS)));
    }

    /** The document that this is for the tenant now; null where it is none, which is told where an intruder may have put it there. */
    private @Nullable StoredDocument live(BsonDocument bson, DeclaredCollection collection, Instant now) {
        if (!new BsonBinary(collection.tenant()).equals(bson.get(TENANT))) {
            return foreign(collection);
        }
        if (!new BsonBinary(collection.generation()).equals(bson.get(GENERATION))) {
            return null;
        }
        var document = StoredDocument.from(bson);
        if (document == null) {
            return foreign(collection);
        }
        var end = document.expiresAt();
        return end == null || end.isAfter(now) ? document : null;
    }

    private @Nullable StoredDocument foreign(DeclaredCollection collection) {
        foreign.found(collection.tenant(), Namespaces.name(collection.tenant(), collection.name()));
        return null;
    }

    private static Bson alive(DeclaredCollection collection, Instant now) {
        var generation = eq(GENERATION, new BsonBinary(collection.generation()));
        return collection.declaration().ttlField() == null
                ? generation
                : and(
                        generation,
                        Filters.or(
                                eq(EXPIRES, BsonNull.VALUE),
                                Filters.gt(EXPIRES, new BsonDateTime(now.toEpochMilli()))));
    }

    /** What something that is no document was counted as for a tenant: nothing where it was never that tenant's. */
    public static TenantUsage.Amount amount(BsonDocument dead, UUID tenant) {
        return new BsonBinary(tenant).equals(dead.get(TENANT)) && dead.get(SIZE) instanceof BsonInt32 size
                ? new TenantUsage.Amount(1, size.getValue())
                : new TenantUsage.Amount(0, 0);
    }

    private static Bson byId(String id) {
        return eq(ID, new BsonString(id));
    }

    private static Bson at(DeclaredCollection collection, String id, long version) {
        return and(
                byId(id),
                eq(TENANT, new BsonBinary(collection.tenant())),
                eq(GENERATION, new BsonBinary(collection.generation())),
                eq(VERSION, new BsonInt64(version)));
    }
}
