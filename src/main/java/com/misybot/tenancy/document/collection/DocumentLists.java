package com.misybot.tenancy.document.collection;

import com.misybot.tenancy.document.CollectionName;
import com.misybot.tenancy.document.mongo.DocumentStore;
import com.misybot.tenancy.document.mongo.StoredDocument;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.TenantId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Many documents of a collection, in the order of their ids. */
@Service
public class DocumentLists {

    /** Most bytes of JSON in one answer or batch, or one document. */
    private static final long MOST_BYTES = 8_000_000;

    private static final int BATCH = 500;

    private final OpenTenants tenants;
    private final DocumentStore store;

    DocumentLists(OpenTenants tenants, DocumentStore store) {
        this.tenants = tenants;
        this.store = store;
    }

    /** A collection that was asked for, and what of it. */
    public final class Listing {

        private final TenantNow tenant;
        private final Bson filter;

        private Listing(TenantNow tenant, Map<String, String[]> query) {
            this.tenant = tenant;
            this.filter = DocumentFilter.of(query, tenant.collection().declaration());
        }

        /** The next documents after an id; fewer than {@code most} where they are large. */
        public DocumentStore.Part part(@Nullable String after, int most) {
            return store.list(tenant.collection(), filter, after, most, MOST_BYTES, tenant.now());
        }

        /** How many there are. */
        public long count() {
            return store.count(tenant.collection(), filter, tenant.now());
        }

        /** All of them, batch by batch; the first batch is there before anything is written. */
        public void each(Sink sink) throws IOException {
            var part = part(null, BATCH);
            sink.begin();
            while (true) {
                sink.write(part.documents());
                if (!part.more()) {
                    return;
                }
                part = part(part.documents().getLast().id(), BATCH);
            }
        }
    }

    /** Takes documents. */
    public interface Sink {

        /** It is clear that there is an answer. */
        void begin() throws IOException;

        /** The next of them. */
        void write(List<StoredDocument> documents) throws IOException;
    }

    /**
     * Asks for documents.
     *
     * @param query parameters of the request, those of paging among them
     */
    public Listing of(TenantId tenantId, CollectionName name, Map<String, String[]> query, Reach reach) {
        var tenant = tenants.open(tenantId, name, reach);
        return new Listing(tenant, query);
    }
}
