package com.misybot.tenancy.document.collection;

import com.github.f4b6a3.uuid.UuidCreator;
import com.misybot.tenancy.document.CollectionChanges;
import com.misybot.tenancy.document.CollectionName;
import com.misybot.tenancy.document.Declaration;
import com.misybot.tenancy.document.DeclaredCollection;
import com.misybot.tenancy.document.DocumentProblem;
import com.misybot.tenancy.document.mongo.CollectionStore;
import com.misybot.tenancy.document.mongo.DocumentStore;
import com.misybot.tenancy.document.mongo.TenantUsage;
import com.misybot.tenancy.document.mongo.ValueFilter;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.tenant.Quota;
import com.misybot.tenancy.web.IfMatch;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Declares collections, changes declarations, and deletes collections with everything in them. */
@Service
public class Collections {

    /** The name of the limit. */
    static final String LIMIT = "collections";

    private final OpenTenants tenants;
    private final CollectionRows rows;
    private final CollectionStore store;
    private final DocumentStore documents;
    private final TenantUsage usage;
    private final ScopedTransactions transactions;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Collections(
            OpenTenants tenants,
            CollectionRows rows,
            CollectionStore store,
            DocumentStore documents,
            TenantUsage usage,
            ScopedTransactions transactions,
            ApplicationEventPublisher events,
            Clock clock) {
        this.tenants = tenants;
        this.rows = rows;
        this.store = store;
        this.documents = documents;
        this.usage = usage;
        this.transactions = transactions;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A collection after a PUT.
     *
     * @param created whether there was none before
     */
    public record Declared(DeclaredCollection collection, boolean created) {}

    public DeclaredCollection find(TenantId tenantId, CollectionName name, Reach reach) {
        return tenants.open(tenantId, name, reach).collection();
    }

    /** Those of a tenant in the order of their names, after one of them. */
    public List<DeclaredCollection> list(TenantId tenantId, @Nullable String after, int limit, Reach reach) {
        var tenant = tenants.open(tenantId, null, reach).tenant();
        return transactions.read(Scope.tenant(tenant), () -> rows.list(tenant, after, limit));
    }

    public long count(TenantId tenantId, Reach reach) {
        var tenant = tenants.open(tenantId, null, reach).tenant();
        return transactions.read(Scope.tenant(tenant), () -> rows.count(tenant));
    }

    /**
     * Declares a collection or replaces its declaration. Refuses in the order of the contract: 428 for one that exists and was not
     * read, by the form of {@code next} (400), by the version (412), by state and limit (409).
     */
    public Declared declare(
            TenantId tenantId,
            CollectionName name,
            Precondition precondition,
            Function<@Nullable DeclaredCollection, Declaration> next,
            Reach reach,
            Cause cause) {
        var seen = tenants.open(tenantId, name, reach);
        var present = seen.present();
        if (precondition.ifMatch() == null && present != null && !precondition.onlyNew()) {
            throw DocumentProblem.matchRequired();
        }
        if (precondition.ifMatch() != null && present == null) {
            throw DocumentProblem.unknownCollection();
        }
        var declaration = next.apply(present);
        if (seen.row() != null && seen.row().dropping()) {
            finish(seen.row(), seen.now());
        }
        var isEmpty = present == null
                || declaration.storesLike(present.declaration())
                || documents.count(present, new ValueFilter().toBson(), seen.now()) == 0;
        return transactions.change(Scope.tenant(seen.tenant()), () -> {
            var now = rows.open(seen.tenant(), name)
                    .filter(TenantNow::isThere)
                    .orElseThrow(() -> DocumentProblem.unknownTenant(tenantId));
            var before = now.present();
            return before == null
                    ? new Declared(create(now, name, declaration, cause), true)
                    : new Declared(replace(now, before, declaration, precondition, isEmpty, cause), false);
        });
    }

    private DeclaredCollection create(TenantNow tenant, CollectionName name, Declaration declaration, Cause cause) {
        tenant.requireWritable();
        return add(tenant, name, declaration, cause);
    }

    /** Makes one that is not there, also of a tenant that is not active. */
    DeclaredCollection add(TenantNow tenant, CollectionName name, Declaration declaration, Cause cause) {
        var had = rows.count(tenant.tenant());
        Quota.require(LIMIT, had + 1, tenant.limits().collections());
        var made = DeclaredCollection.first(
                tenant.tenant(),
                name,
                UuidCreator.getTimeOrderedEpoch(),
                declaration,
                cause.actor().toString(),
                now());
        rows.insert(made);
        tell(made, CollectionChanges.DECLARED, declaration.changedFrom(null), cause);
        if (Quota.crosses80(had, had + 1, tenant.limits().collections())) {
            publish(made, Quota.APPROACHED, LIMIT, new TreeMap<>(), cause);
        }
        return made;
    }

    private DeclaredCollection replace(
            TenantNow tenant,
            DeclaredCollection before,
            Declaration next,
            Precondition precondition,
            boolean isEmpty,
            Cause cause) {
        if (precondition.ifMatch() == null) {
            throw precondition.refusedExisting();
        }
        precondition.ifMatch().require(before.version());
        tenant.requireWritable();
        var fields = next.changedFrom(before.declaration());
        if (fields.isEmpty()) {
            return before;
        }
        var storesLike = next.storesLike(before.declaration());
        if (!storesLike && !isEmpty) {
            throw new com.misybot.tenancy.web.ProblemException(
                    DocumentProblem.COLLECTION_IN_USE,
                    "Fields and ttlField change while there is no document: declare another collection and copy.");
        }
        var after = before.with(
                storesLike ? before.generation() : UuidCreator.getTimeOrderedEpoch(),
                next,
                cause.actor().toString(),
                now());
        rows.update(after);
        tell(after, CollectionChanges.UPDATED, fields, cause);
        return after;
    }

    /**
     * Deletes a collection: it is gone for every caller before anything is dropped, and where MongoDB does not answer then, the
     * same request goes on from there.
     */
    public void delete(TenantId tenantId, CollectionName name, @Nullable IfMatch ifMatch, Reach reach, Cause cause) {
        var seen = tenants.open(tenantId, name, reach);
        if (seen.row() == null) {
            throw DocumentProblem.unknownCollection();
        }
        if (ifMatch == null) {
            throw DocumentProblem.matchRequired();
        }
        var dropping = seen.row().dropping() ? seen.row() : close(tenantId, seen, name, ifMatch, cause);
        finish(dropping, seen.now());
    }

    private DeclaredCollection close(
            TenantId tenantId, TenantNow seen, CollectionName name, IfMatch ifMatch, Cause cause) {
        return transactions.change(Scope.tenant(seen.tenant()), () -> {
            var now = rows.open(seen.tenant(), name)
                    .filter(TenantNow::isThere)
                    .orElseThrow(() -> DocumentProblem.unknownTenant(tenantId));
            var before = now.collection();
            ifMatch.require(before.version());
            now.requireWritable();
            var after = before.closed(cause.actor().toString(), now());
            rows.update(after);
            tell(after, CollectionChanges.DELETED, new TreeMap<>(), cause);
            return after;
        });
    }

    private void finish(DeclaredCollection dropping, Instant now) {
        var had = usage.in(dropping);
        store.drop(dropping);
        usage.release(dropping.tenant(), had, now);
        transactions.change(Scope.tenant(dropping.tenant()), () -> {
            rows.deleteDropped(dropping.tenant(), dropping.name(), dropping.generation());
            return true;
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    void tell(DeclaredCollection collection, String type, SortedMap<String, Difference> fields, Cause cause) {
        publish(collection, type, collection.name().value(), fields, cause);
    }

    private void publish(
            DeclaredCollection collection,
            String type,
            String subject,
            SortedMap<String, Difference> fields,
            Cause cause) {
        events.publishEvent(new Change(
                UuidCreator.getTimeOrderedEpoch(),
                collection.tenant(),
                type,
                subject,
                fields,
                cause,
                collection.updatedAt()));
    }
}
