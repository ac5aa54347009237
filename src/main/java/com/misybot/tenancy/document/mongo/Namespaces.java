package com.misybot.tenancy.document.mongo;

import com.misybot.tenancy.document.CollectionName;
import com.misybot.tenancy.document.DeclaredCollection;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bson.BsonDocument;
import org.bson.BsonRegularExpression;

/** What collections are called in MongoDB: {@code t_<uuid hex>__<name>}; the one place where such names are made. */
final class Namespaces {

    /** Longest name of database and collection together, with the dot between them. */
    private static final int MOST_BYTES = 120;

    /** The prefix of a tenant and the longest name of a collection. */
    private static final int LONGEST = 36 + 48;

    private Namespaces() {}

    /** Whether every collection has a name in a database of this name. */
    static boolean leavesRoom(String database) {
        return database.getBytes(StandardCharsets.UTF_8).length + 1 + LONGEST <= MOST_BYTES;
    }

    /** What all collections of a tenant begin with: 2 + 32 + 2 characters. */
    static String prefix(UUID tenant) {
        return "t_" + tenant.toString().replace("-", "") + "__";
    }

    static String name(UUID tenant, CollectionName name) {
        return prefix(tenant) + name;
    }

    static MongoCollection<BsonDocument> of(MongoDatabase database, DeclaredCollection collection) {
        return of(database, name(collection.tenant(), collection.name()));
    }

    static MongoCollection<BsonDocument> of(MongoDatabase database, String name) {
        return database.getCollection(name, BsonDocument.class);
    }

    /** The collections there are of a tenant; looked at again here, since not every server keeps to the filter. */
    static List<String> all(MongoDatabase database, UUID tenant) {
        var prefix = prefix(tenant);
        List<String> names = new ArrayList<>();
        for (var name : database.listCollectionNames()
                .filter(new BsonDocument("name", new BsonRegularExpression("^" + prefix)))) {
            if (name.startsWith(prefix)) {
                names.add(name);
            }
        }
        return names;
    }
}
