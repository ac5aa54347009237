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
    static final int MOST_BYTES = 120;

    private Namespaces() {}

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
        var bytes = (database.getName() + "." + name).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw new IllegalStateException("The name of the database of documents is too long by "
                    + (bytes - MOST_BYTES) + " bytes: set a shorter spring.mongodb.database");
        }
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
