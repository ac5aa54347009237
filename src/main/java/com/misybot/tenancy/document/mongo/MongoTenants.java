package com.misybot.tenancy.document.mongo;

import com.misybot.tenancy.lifecycle.TenantStore;
import com.mongodb.client.MongoDatabase;
import java.util.Map;
import java.util.UUID;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.springframework.stereotype.Component;

/** MongoDB as a store that tenants have data in: their collections. Without MongoDB nobody has anything in it. */
@Component("mongodb")
class MongoTenants implements TenantStore {

    private final MongoDoor door;

    MongoTenants(MongoDoor door) {
        this.door = door;
    }

    @Override
    public String name() {
        return "mongodb";
    }

    @Override
    public Holding holding(UUID tenant) {
        return door.isConfigured()
                ? door.call(database -> holding(database, tenant))
                : new Holding(Map.of(), java.util.List.of());
    }

    private static Holding holding(MongoDatabase database, UUID tenant) {
        return new Holding(
                Map.of("database", database.getName(), "collectionPrefix", Namespaces.prefix(tenant)),
                Namespaces.all(database, tenant).stream()
                        .sorted()
                        .map(name -> part(database, name))
                        .toList());
    }

    private static Part part(MongoDatabase database, String name) {
        var told = database.runCommand(new BsonDocument("collStats", new BsonString(name)), BsonDocument.class);
        return new Part(
                name,
                told.getNumber("count").longValue(),
                told.getNumber("size").longValue());
    }
}
