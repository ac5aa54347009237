package com.misybot.tenancy.document.transfer;

import com.misybot.tenancy.document.CollectionName;
import com.misybot.tenancy.document.DocumentId;
import com.misybot.tenancy.document.DocumentProblem;
import com.misybot.tenancy.document.DocumentSettings;
import com.misybot.tenancy.document.collection.Documents;
import com.misybot.tenancy.document.collection.Documents.Address;
import com.misybot.tenancy.document.collection.Precondition;
import com.misybot.tenancy.document.content.Contents;
import com.misybot.tenancy.document.transfer.ImportedLine.Status;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.RequestBodies;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Takes in documents by the line, each for itself and in order, with one line in memory. */
@Component
public class DocumentImport {

    /** What a line may have beside the document. */
    private static final int BESIDE = 1_024;

    /** What an export tells and an import passes over. */
    private static final Set<String> TOLD = Set.of("version", "createdAt", "updatedAt", "expiresAt");

    private final Documents documents;
    private final Contents contents;
    private final RequestBodies bodies;
    private final int most;

    DocumentImport(Documents documents, Contents contents, RequestBodies bodies, DocumentSettings settings) {
        this.documents = documents;
        this.contents = contents;
        this.bodies = bodies;
        this.most = settings.maxBytes();
    }

    /**
     * What is imported where, and how.
     *
     * @param upsert whether a document that exists is replaced, or its line refused
     */
    public record Order(TenantId tenantId, CollectionName collection, boolean upsert, Caller caller) {}

    /** Takes what became of each line that is not blank. */
    @FunctionalInterface
    public interface Sink {
        void send(ImportedLine line) throws IOException;
    }

    /** Does all lines; a line that is refused stops no other. */
    public void run(InputStream body, Order order, Sink sink) throws IOException {
        var lines = new DocumentLines(body, most + BESIDE);
        for (var line = lines.next(); line != null; line = lines.next()) {
            if (!line.isBlank()) {
                sink.send(imported(line, order));
            }
        }
    }

    private ImportedLine imported(DocumentLines.Line line, Order order) {
        @Nullable String shown = null;
        try {
            if (line.json() == null) {
                throw DocumentProblem.tooLarge(most);
            }
            var tree = bodies.tree(line.json(), Contents.NESTING + 1);
            var id = id(tree);
            shown = id.value();
            requireKnown(tree);
            var put = put(new Address(order.tenantId(), order.collection(), id, order.caller()), tree, order);
            return new ImportedLine(line.number(), put.created() ? Status.CREATED : Status.REPLACED, shown, null);
        } catch (ProblemException e) {
            return new ImportedLine(line.number(), Status.REFUSED, shown, e.problem());
        }
    }

    private Documents.Put put(Address address, JsonNode tree, Order order) {
        var document = tree.get("document");
        if (document == null) {
            throw ProblemException.invalid("/document", FieldError.REQUIRED, "This field is required.");
        }
        var formed = contents.form(document);
        if (order.upsert()) {
            try {
                return documents.put(address, new Precondition(IfMatch.any(), false), () -> formed);
            } catch (ProblemException e) {
                if (e.problem().code() != DocumentProblem.UNKNOWN_DOCUMENT) {
                    throw e;
                }
            }
        }
        return documents.put(address, new Precondition(null, true), () -> formed);
    }

    private static DocumentId id(JsonNode tree) {
        var id = tree.path("id");
        if (!id.isString()) {
            throw ProblemException.invalid(
                    "/id", FieldError.REQUIRED, "A line is an object with id and document, and its id is a text.");
        }
        try {
            return new DocumentId(id.stringValue());
        } catch (InvalidValue e) {
            throw ProblemException.invalid("/id", e.code(), java.util.Objects.requireNonNull(e.getMessage()));
        }
    }

    private static void requireKnown(JsonNode tree) {
        for (var name : tree.propertyNames()) {
            if (!name.equals("id") && !name.equals("document") && !TOLD.contains(name)) {
                throw ProblemException.invalid(
                        "",
                        FieldError.UNKNOWN_FIELD,
                        "A line has id and document, and what an export tells beside them.");
            }
        }
    }
}
