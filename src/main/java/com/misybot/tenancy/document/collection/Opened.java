package com.misybot.tenancy.document.collection;

import com.misybot.tenancy.document.DeclaredCollection;
import com.misybot.tenancy.document.DocumentProblem;
import com.misybot.tenancy.document.mongo.DocumentStore;
import com.misybot.tenancy.document.mongo.StoredDocument;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** One id of one collection while a request is served, looked at as often as somebody else was faster. */
final class Opened {

    private final DocumentStore store;
    private final TenantNow tenant;
    private final DeclaredCollection collection;
    private final String id;
    private DocumentStore.Found found;

    Opened(DocumentStore store, TenantNow tenant, String id) {
        this.store = store;
        this.tenant = tenant;
        this.collection = tenant.collection();
        this.id = id;
        this.found = store.find(collection, id, tenant.now());
    }

    TenantNow tenant() {
        return tenant;
    }

    DeclaredCollection collection() {
        return collection;
    }

    String id() {
        return id;
    }

    /** The document; null where there is none. */
    @Nullable
    StoredDocument live() {
        return found.live();
    }

    /** What stands in the place of a document and is none. */
    @Nullable
    BsonDocument dead() {
        return found.dead();
    }

    /** The document; 404 where there is none. */
    StoredDocument require() {
        var live = found.live();
        if (live == null) {
            throw DocumentProblem.unknownDocument();
        }
        return live;
    }

    /** Looks again. */
    void look() {
        found = store.find(collection, id, tenant.now());
    }
}
