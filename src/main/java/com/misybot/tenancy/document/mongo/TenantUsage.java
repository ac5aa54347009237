package com.misybot.tenancy.document.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.misybot.tenancy.document.DeclaredCollection;
import com.misybot.tenancy.tenant.Quota;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * How much tenants have in MongoDB: one record each, which a write raises before it is done and only within the limit, in one
 * atomic operation. So no two writes take the last place. The record may stand too high (documents that MongoDB removed at their
 * end, a service that was killed between the two). So who would be refused by it has everything counted first, at most once in ten
 * seconds, and not before nothing was written for half a minute: a count cannot see what is under way.
 */
@Component
public class TenantUsage {

    /** Names of the limits. */
    public static final String DOCUMENTS = "documents";

    public static final String BYTES = "documentBytes";

    private static final Logger LOG = LoggerFactory.getLogger(TenantUsage.class);

    private static final String RECORDS = "tenancy_usage";
    private static final String ID = "_id";
    private static final String CHANGED = "changedAt";

    /** Longer than any write is under way. */
    private static final Duration QUIET = Duration.ofSeconds(30);

    private static final int GLANCE_MILLIS = 250;

    private final Cache<UUID, Boolean> counted = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(10))
            .build();

    private final MongoDoor door;

    TenantUsage(MongoDoor door) {
        this.door = door;
    }

    /** What a tenant has, or may have. */
    public record Amount(long documents, long bytes) {

        Amount plus(Amount other) {
            return new Amount(documents + other.documents, bytes + other.bytes);
        }

        /** As much less. */
        public Amount negative() {
            return new Amount(-documents, -bytes);
        }
    }

    /**
     * Takes up room for what is about to be written.
     *
     * @param more what it adds; what it does not add is not asked about
     * @param most what the tenant may have
     * @return what the tenant has with it
     * @throws com.misybot.tenancy.web.ProblemException 409 {@code quota_exceeded}
     */
    public Amount reserve(UUID tenant, Amount more, Amount most, Instant now) {
        var reserved = tryReserve(tenant, more, most, now);
        if (reserved == null) {
            correct(tenant, now);
            reserved = tryReserve(tenant, more, most, now);
        }
        if (reserved == null) {
            var would = present(tenant).plus(more);
            if (more.documents > 0) {
                Quota.require(DOCUMENTS, would.documents, most.documents);
            }
            Quota.require(BYTES, Math.max(would.bytes, most.bytes + 1), most.bytes);
            throw new IllegalStateException("There is room and it cannot be had");
        }
        return reserved;
    }

    private @Nullable Amount tryReserve(UUID tenant, Amount more, Amount most, Instant now) {
        List<Bson> conditions = new ArrayList<>(List.of(record(tenant)));
        if (more.documents > 0) {
            conditions.add(lte(DOCUMENTS, new BsonInt64(most.documents - more.documents)));
        }
        if (more.bytes > 0) {
            conditions.add(lte(BYTES, new BsonInt64(most.bytes - more.bytes)));
        }
        var after = door.call(database -> records(database)
                .findOneAndUpdate(
                        and(conditions),
                        raise(more, now),
                        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER)));
        return after == null ? null : amount(after);
    }

    /** Gives room back. Never fails: the record then stands too high until it is counted anew. */
    public void release(UUID tenant, Amount less, Instant now) {
        try {
            door.call(database -> records(database).updateOne(record(tenant), raise(less.negative(), now)));
        } catch (MongoAwayException e) {
            LOG.warn("Room of tenant {} for documents could not be given back; it will be counted", tenant);
        }
    }

    /** What a tenant has, as it is recorded; asked for a quarter of a second at most. */
    public Amount present(UUID tenant) {
        var found = door.call(database -> records(database)
                .withTimeout(GLANCE_MILLIS, TimeUnit.MILLISECONDS)
                .find(record(tenant))
                .first());
        return found == null ? new Amount(0, 0) : amount(found);
    }

    /** How much of it is in one collection. */
    public Amount in(DeclaredCollection collection) {
        return door.call(database -> sum(Namespaces.of(database, collection), collection.tenant()));
    }

    /** Makes the record where there is none, and makes it right where that can be told. */
    private void correct(UUID tenant, Instant now) {
        var found = door.call(database -> records(database).find(record(tenant)).first());
        if (found == null) {
            var total = count(tenant);
            door.call(database -> records(database)
                    .updateOne(
                            record(tenant),
                            Updates.combine(
                                    Updates.setOnInsert(DOCUMENTS, new BsonInt64(total.documents)),
                                    Updates.setOnInsert(BYTES, new BsonInt64(total.bytes)),
                                    Updates.setOnInsert(CHANGED, time(now))),
                            new UpdateOptions().upsert(true)));
        } else if (isQuiet(found, now) && counted.asMap().putIfAbsent(tenant, true) == null) {
            var total = count(tenant);
            // whoever wrote meanwhile has changed the record: then it stays as it is
            door.call(database -> records(database)
                    .updateOne(
                            and(
                                    record(tenant),
                                    eq(DOCUMENTS, found.get(DOCUMENTS)),
                                    eq(BYTES, found.get(BYTES)),
                                    eq(CHANGED, found.get(CHANGED))),
                            Updates.combine(
                                    Updates.set(DOCUMENTS, new BsonInt64(total.documents)),
                                    Updates.set(BYTES, new BsonInt64(total.bytes)))));
        }
    }

    private static boolean isQuiet(BsonDocument record, Instant now) {
        return record.getDateTime(CHANGED).getValue() < now.minus(QUIET).toEpochMilli();
    }

    /** Everything a tenant has, whichever generation it is of. */
    private Amount count(UUID tenant) {
        return door.call(database -> {
            var total = new Amount(0, 0);
            for (var name : Namespaces.all(database, tenant)) {
                total = total.plus(sum(Namespaces.of(database, name), tenant));
            }
            return total;
        });
    }

    private static Amount sum(MongoCollection<BsonDocument> collection, UUID tenant) {
        var sum = collection
                .aggregate(List.of(
                        Aggregates.match(eq(StoredDocument.TENANT, new BsonBinary(tenant))),
                        Aggregates.group(
                                null,
                                Accumulators.sum(DOCUMENTS, new BsonInt64(1)),
                                Accumulators.sum(BYTES, "$" + StoredDocument.SIZE))))
                .first();
        return sum == null ? new Amount(0, 0) : amount(sum);
    }

    private static Amount amount(BsonDocument bson) {
        return new Amount(
                bson.getNumber(DOCUMENTS).longValue(), bson.getNumber(BYTES).longValue());
    }

    private static MongoCollection<BsonDocument> records(MongoDatabase database) {
        return database.getCollection(RECORDS, BsonDocument.class);
    }

    private static Bson record(UUID tenant) {
        return eq(ID, new BsonBinary(tenant));
    }

    private static Bson raise(Amount by, Instant now) {
        return Updates.combine(
                Updates.inc(DOCUMENTS, by.documents), Updates.inc(BYTES, by.bytes), Updates.max(CHANGED, time(now)));
    }

    private static BsonDateTime time(Instant instant) {
        return new BsonDateTime(instant.toEpochMilli());
    }
}
