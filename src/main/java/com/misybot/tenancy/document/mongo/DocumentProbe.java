package com.misybot.tenancy.document.mongo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.misybot.tenancy.document.CollectionName;
import com.misybot.tenancy.document.Declaration;
import com.misybot.tenancy.document.DeclaredCollection;
import com.misybot.tenancy.document.DeclaredField;
import com.misybot.tenancy.document.DocumentId;
import com.misybot.tenancy.document.FieldType;
import com.misybot.tenancy.document.content.Contents;
import com.misybot.tenancy.document.mongo.ValueFilter.Comparison;
import com.misybot.tenancy.isolation.probe.Canary;
import com.misybot.tenancy.isolation.probe.ProbeAttempt;
import com.misybot.tenancy.isolation.probe.ProbeAttempt.Outcome;
import com.misybot.tenancy.isolation.probe.ProbedStore;
import com.misybot.tenancy.isolation.probe.Ways;
import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.web.ProblemException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tries to get out of the collections of one tenant in MongoDB. It has one user for all tenants, so the ways are those through the
 * service: names, ids, contents and filters, as a caller would send them, and the store itself as code of the service would call it.
 */
@Component
class DocumentProbe implements ProbedStore {

    private static final Map<String, String> WAYS = Ways.of(DocumentProbe.class, "document-ways.txt");
    private static final DeclaredField SECRET = new DeclaredField("secret", FieldType.STRING, true);
    private static final String DOCUMENT = "canary";
    private static final int PAGE = 100;
    private static final long PAGE_BYTES = 1_000_000;

    private final MongoDoor door;
    private final CollectionStore collections;
    private final DocumentStore documents;
    private final Contents contents;
    private final Clock clock;
    private final Map<Canary, DeclaredCollection> planted = new ConcurrentHashMap<>();

    DocumentProbe(
            MongoDoor door, CollectionStore collections, DocumentStore documents, Contents contents, Clock clock) {
        this.door = door;
        this.collections = collections;
        this.documents = documents;
        this.contents = contents;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "mongodb";
    }

    @Override
    public boolean isOn() {
        return door.isConfigured();
    }

    @Override
    public void plant(Canary canary) {
        var now = clock.instant();
        var collection = DeclaredCollection.first(
                canary.tenant(),
                new CollectionName(canary.name()),
                UUID.randomUUID(),
                new Declaration(null, List.of(SECRET), null),
                "system:probe",
                now);
        planted.put(canary, collection);
        collections.make(collection);
        for (var id : List.of(DOCUMENT, only(canary))) {
            documents.insert(collection, StoredDocument.first(id, content(canary, collection), now));
        }
    }

    private com.misybot.tenancy.document.content.Content content(Canary canary, DeclaredCollection collection) {
        return contents.accept(contents.read(("{\"secret\":\"" + canary.secret() + "\"}").getBytes(UTF_8)), collection);
    }

    /** The id of a document that the other tenant has none of. */
    private static String only(Canary canary) {
        return "only-" + canary.tenant();
    }

    @Override
    public void remove(Canary canary) {
        var collection = planted.remove(canary);
        if (collection != null) {
            collections.drop(collection);
        }
    }

    @Override
    public List<ProbeAttempt> attempts(Canary intruder, Canary victim) {
        var own = Objects.requireNonNull(planted.get(intruder));
        var other = Objects.requireNonNull(planted.get(victim));
        var attempts = new ArrayList<ProbeAttempt>();
        WAYS.forEach((way, text) -> attempts.add(attempt(way, () -> sent(way, text, own, intruder, victim))));
        attempts.add(attempt("read what has the same id", () -> isOthers(own, DOCUMENT, victim)));
        attempts.add(attempt("read what only the other has", () -> isOthers(own, only(victim), victim)));
        attempts.add(attempt(
                "list everything", () -> !listed(own, new ValueFilter(), victim).isEmpty()));
        attempts.add(attempt(
                "list what it knows", () -> !listed(own, secret(victim), victim).isEmpty()));
        attempts.add(attempt(
                "count what it knows", () -> documents.count(own, secret(victim).toBson(), clock.instant()) > 0));
        attempts.add(attempt("replace", () -> isReplaced(own, intruder, victim)));
        attempts.add(attempt("delete", () -> documents.delete(own, only(victim), version(other, only(victim)))));
        attempts.add(attempt(
                "collections of the tenant",
                () -> door.call(database -> Namespaces.all(database, intruder.tenant()))
                        .contains(Namespaces.name(victim.tenant(), other.name()))));
        attempts.add(attempt("whatever was tried has left its traces", () -> isChanged(other, victim)));
        return attempts;
    }

    private static ProbeAttempt attempt(String way, BooleanSupplier attempt) {
        try {
            return attempt.getAsBoolean()
                    ? new ProbeAttempt(way, Outcome.REACHED, "it was done")
                    : new ProbeAttempt(way, Outcome.NOTHING, "nothing of the other tenant");
        } catch (InvalidValue e) {
            return new ProbeAttempt(way, Outcome.DENIED, e.code());
        } catch (ProblemException e) {
            return new ProbeAttempt(way, Outcome.DENIED, e.problem().code().code());
        }
    }

    /** Whether what a caller sent reaches the other tenant; the name of the way begins with where it was sent. */
    private boolean sent(String way, String text, DeclaredCollection own, Canary intruder, Canary victim) {
        var sent = text.replace("{other}", Namespaces.prefix(victim.tenant()))
                .replace("{name}", victim.name())
                .replace("{secret}", victim.secret());
        return switch (way.substring(0, way.indexOf(' '))) {
            case "collection" -> {
                var named = DeclaredCollection.first(
                        intruder.tenant(),
                        new CollectionName(sent),
                        own.generation(),
                        own.declaration(),
                        own.createdBy(),
                        own.createdAt());
                yield !listed(named, new ValueFilter(), victim).isEmpty();
            }
            case "id" -> isOthers(own, new DocumentId(sent).value(), victim);
            case "content" -> contents.read(sent.getBytes(UTF_8)).size() > 0;
            case "filter" -> !listed(own, filter(sent), victim).isEmpty();
            default -> throw new IllegalStateException(way);
        };
    }

    private static ValueFilter filter(String value) {
        var filter = new ValueFilter();
        filter.require(SECRET.name(), Comparison.EQUAL, new BsonString(value));
        return filter;
    }

    private static ValueFilter secret(Canary victim) {
        return filter(victim.secret());
    }

    private List<StoredDocument> listed(DeclaredCollection own, ValueFilter filter, Canary victim) {
        return documents.list(own, filter.toBson(), null, PAGE, PAGE_BYTES, clock.instant()).documents().stream()
                .filter(document -> holds(document, victim))
                .toList();
    }

    private boolean isOthers(DeclaredCollection own, String id, Canary victim) {
        return holds(documents.find(own, id, clock.instant()).live(), victim);
    }

    private static boolean holds(@Nullable StoredDocument document, Canary canary) {
        return document != null && document.body().toJson().contains(canary.secret());
    }

    private boolean isReplaced(DeclaredCollection own, Canary intruder, Canary victim) {
        var other = Objects.requireNonNull(planted.get(victim));
        var id = only(victim);
        var next = StoredDocument.first(id, content(intruder, own), clock.instant());
        return documents.replace(own, version(other, id), next);
    }

    private long version(DeclaredCollection collection, String id) {
        var live = documents.find(collection, id, clock.instant()).live();
        return live == null ? 0 : live.version();
    }

    private boolean isChanged(DeclaredCollection other, Canary victim) {
        return listed(other, new ValueFilter(), victim).size() != 2;
    }
}
