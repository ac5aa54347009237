package com.misybot.tenancy.document.collection;

import com.misybot.tenancy.document.CollectionName;
import com.misybot.tenancy.document.DocumentId;
import com.misybot.tenancy.document.DocumentProblem;
import com.misybot.tenancy.document.content.Bson;
import com.misybot.tenancy.document.content.Contents;
import com.misybot.tenancy.document.mongo.CollectionStore;
import com.misybot.tenancy.document.mongo.DocumentStore;
import com.misybot.tenancy.document.mongo.StoredDocument;
import com.misybot.tenancy.document.mongo.TenantUsage.Amount;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.RequestBodies;
import com.misybot.tenancy.web.WebProblem;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents of collections. A change is one atomic operation of MongoDB on the version that was read; whoever names no version
 * is taken to mean the present one, again and again until nobody was faster.
 */
@Service
public class Documents {

    /** How often a change is tried where others are always faster. */
    private static final int TRIES = 100;

    private final OpenTenants tenants;
    private final CollectionStore collections;
    private final DocumentStore store;
    private final Contents contents;
    private final Room room;
    private final RequestBodies bodies;

    Documents(
            OpenTenants tenants,
            CollectionStore collections,
            DocumentStore store,
            Contents contents,
            Room room,
            RequestBodies bodies) {
        this.tenants = tenants;
        this.collections = collections;
        this.store = store;
        this.contents = contents;
        this.room = room;
        this.bodies = bodies;
    }

    /** Which document of whom, and who asks. */
    public record Address(TenantId tenantId, CollectionName collection, DocumentId id, Caller caller) {

        Cause cause() {
            return Cause.of(caller.actor());
        }
    }

    /**
     * A document after a PUT.
     *
     * @param created whether there was none before
     */
    public record Put(StoredDocument document, boolean created) {}

    /** The document; 404 where there is none. */
    public StoredDocument find(Address address) {
        return open(address).require();
    }

    /**
     * Makes a document, or replaces the one there is. Refuses in the order of the contract: 404, 428, by its form (400), by the
     * version (412), by state and limits (409), by the collection (422); an id that is reserved comes with the form.
     *
     * @param formed reads the document
     */
    public Put put(Address address, Precondition precondition, Supplier<Contents.Formed> formed) {
        var open = open(address);
        if (precondition.ifMatch() != null) {
            open.require();
        } else if (open.live() != null && !precondition.onlyNew()) {
            throw DocumentProblem.matchRequired();
        }
        var document = formed.get();
        requireFree(address.id());
        return until(
                open,
                () -> precondition.ifMatch() == null
                        ? create(open, address, precondition, document)
                        : replace(open, address, precondition.ifMatch(), _ -> document));
    }

    /** Changes a document by a JSON Merge Patch. */
    public StoredDocument patch(Address address, @Nullable IfMatch ifMatch, Supplier<byte[]> body) {
        var open = open(address);
        open.require();
        if (ifMatch == null) {
            throw DocumentProblem.matchRequired();
        }
        var patch = bodies.tree(body.get(), Contents.NESTING);
        if (!(patch instanceof ObjectNode)) {
            throw ProblemException.invalid("", FieldError.TYPE, "A patch of a document is a JSON object.");
        }
        Function<StoredDocument, Contents.Formed> merged =
                present -> contents.form(bodies.merge(Bson.toJson(present.body()), patch));
        return until(open, () -> replace(open, address, ifMatch, merged)).document();
    }

    /** Deletes a document. */
    public void delete(Address address, @Nullable IfMatch ifMatch) {
        var open = open(address);
        open.require();
        if (ifMatch == null) {
            throw DocumentProblem.matchRequired();
        }
        until(open, () -> delete(open, ifMatch));
    }

    private @Nullable Put create(Opened open, Address address, Precondition precondition, Contents.Formed document) {
        if (open.live() != null) {
            throw precondition.refusedExisting();
        }
        open.tenant().requireWritable();
        var content = contents.accept(document, open.collection());
        collections.make(open.collection());
        var more = new Amount(1, content.size());
        room.take(open.tenant(), more, address.cause());
        var first = StoredDocument.first(open.id(), content, open.tenant().now());
        var dead = open.dead();
        var done = dead == null ? store.insert(open.collection(), first) : store.bury(open.collection(), dead, first);
        if (!done) {
            room.give(open.tenant(), more);
            return null;
        }
        if (dead != null) {
            room.give(open.tenant(), DocumentStore.amount(dead, open.tenant().tenant()));
        }
        return new Put(first, true);
    }

    private @Nullable Put replace(
            Opened open, Address address, IfMatch ifMatch, Function<StoredDocument, Contents.Formed> next) {
        var present = open.require();
        var formed = next.apply(present);
        ifMatch.require(present.version());
        open.tenant().requireWritable();
        var content = contents.accept(formed, open.collection());
        var growth = new Amount(0, content.size() - (long) present.size());
        if (growth.bytes() > 0) {
            room.take(open.tenant(), growth, address.cause());
        }
        var after = present.with(content, open.tenant().now());
        var done = store.replace(open.collection(), present.version(), after);
        if (done && growth.bytes() < 0) {
            room.give(open.tenant(), growth.negative());
        } else if (!done && growth.bytes() > 0) {
            room.give(open.tenant(), growth);
        }
        return done ? new Put(after, false) : null;
    }

    private @Nullable StoredDocument delete(Opened open, IfMatch ifMatch) {
        var present = open.require();
        ifMatch.require(present.version());
        open.tenant().requireWritable();
        if (!store.delete(open.collection(), present.id(), present.version())) {
            return null;
        }
        room.give(open.tenant(), new Amount(1, present.size()));
        return present;
    }

    /** Tries until nobody was faster; each try looks at what is there then. */
    private static <T> T until(Opened open, Supplier<@Nullable T> attempt) {
        for (var i = 0; i < TRIES; i++) {
            var done = attempt.get();
            if (done != null) {
                return done;
            }
            open.look();
        }
        throw new ProblemException(
                WebProblem.CONFLICT, "Others change this document all the time: repeat the request.");
    }

    private Opened open(Address address) {
        var tenant = tenants.open(
                address.tenantId(), address.collection(), address.caller().reach());
        return new Opened(store, tenant, address.id().value());
    }

    private static void requireFree(DocumentId id) {
        if (id.isReserved()) {
            throw DocumentProblem.DOCUMENT_ID_RESERVED.of(
                    List.of(FieldError.path("id", "reserved", "This id is a reserved word: choose another one.")));
        }
    }
}
