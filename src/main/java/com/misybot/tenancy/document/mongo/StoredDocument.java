package com.misybot.tenancy.document.mongo;

import com.misybot.tenancy.document.DeclaredCollection;
import com.misybot.tenancy.document.content.Content;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * A document as it is kept.
 *
 * @param version microseconds since 1970 when it was made, raised by every change: a document that is made again never has a
 *     version it had before
 * @param expiresAt when it ends; null where it does not
 * @param size bytes of it as JSON
 */
public record StoredDocument(
        String id,
        long version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant expiresAt,
        int size,
        BsonDocument values,
        BsonDocument body) {

    static final String ID = "_id";
    static final String TENANT = "tenant";
    static final String GENERATION = "generation";
    static final String VERSION = "version";
    static final String EXPIRES = "expiresAt";
    static final String SIZE = "size";
    static final String VALUES = "fields";
    private static final String CREATED = "createdAt";
    private static final String UPDATED = "updatedAt";
    private static final String BODY = "body";

    /** A new document. */
    public static StoredDocument first(String id, Content content, Instant now) {
        var at = now.truncatedTo(ChronoUnit.MILLIS);
        return new StoredDocument(
                id,
                ChronoUnit.MICROS.between(Instant.EPOCH, now),
                at,
                at,
                content.expiresAt(),
                content.size(),
                content.values(),
                content.body());
    }

    /** What a change makes of it. */
    public StoredDocument with(Content content, Instant now) {
        return new StoredDocument(
                id,
                Math.max(version + 1, ChronoUnit.MICROS.between(Instant.EPOCH, now)),
                createdAt,
                now.truncatedTo(ChronoUnit.MILLIS),
                content.expiresAt(),
                content.size(),
                content.values(),
                content.body());
    }

    BsonDocument toBson(DeclaredCollection collection) {
        var bson = new BsonDocument(ID, new BsonString(id))
                .append(TENANT, new BsonBinary(collection.tenant()))
                .append(GENERATION, new BsonBinary(collection.generation()))
                .append(VERSION, new BsonInt64(version))
                .append(CREATED, time(createdAt))
                .append(UPDATED, time(updatedAt))
                .append(SIZE, new BsonInt32(size))
                .append(VALUES, values)
                .append(BODY, body);
        if (expiresAt != null) {
            bson.append(EXPIRES, time(expiresAt));
        }
        return bson;
    }

    /** What was kept; null where this service would never have kept it so. */
    static @Nullable StoredDocument from(BsonDocument bson) {
        try {
            return new StoredDocument(
                    bson.getString(ID).getValue(),
                    bson.getInt64(VERSION).getValue(),
                    Instant.ofEpochMilli(bson.getDateTime(CREATED).getValue()),
                    Instant.ofEpochMilli(bson.getDateTime(UPDATED).getValue()),
                    bson.containsKey(EXPIRES)
                            ? Instant.ofEpochMilli(bson.getDateTime(EXPIRES).getValue())
                            : null,
                    bson.getInt32(SIZE).getValue(),
                    bson.getDocument(VALUES),
                    bson.getDocument(BODY));
        } catch (BsonInvalidOperationException _) {
            return null;
        }
    }

    private static BsonDateTime time(Instant instant) {
        return new BsonDateTime(instant.toEpochMilli());
    }
}
