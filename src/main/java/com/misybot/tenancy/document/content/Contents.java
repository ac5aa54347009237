package com.misybot.tenancy.document.content;

import com.misybot.tenancy.document.DeclaredCollection;
import com.misybot.tenancy.document.DocumentProblem;
import com.misybot.tenancy.document.DocumentSettings;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.RequestBodies;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Checks documents before anything else sees them. */
@Component
public class Contents {

    /** Most levels of objects and arrays. */
    public static final int NESTING = 100;

    /** What MongoDB takes, less what the service keeps beside the document. */
    private static final int MOST_BSON = 16 * 1024 * 1024 - 64 * 1024;

    private final RequestBodies bodies;
    private final CollectionSchemas schemas;
    private final JsonMapper json;
    private final int most;

    Contents(RequestBodies bodies, CollectionSchemas schemas, JsonMapper json, DocumentSettings settings) {
        this.bodies = bodies;
        this.schemas = schemas;
        this.json = json;
        this.most = settings.maxBytes();
    }

    /** A document that may be one: its form is right, and its collection was not asked yet. */
    public record Formed(ObjectNode tree, org.bson.BsonDocument body, int size) {}

    /**
     * Reads a document.
     *
     * @throws ProblemException 400 or 413 for what no collection takes
     */
    public Formed read(byte[] bytes) {
        if (bytes.length > most) {
            throw DocumentProblem.tooLarge(most);
        }
        return form(bodies.tree(bytes, NESTING));
    }

    /** Checks a tree that has been read by the rules of bodies, or was merged of two that were: that nests no deeper than they do. */
    public Formed form(JsonNode tree) {
        if (!(tree instanceof ObjectNode object)) {
            throw ProblemException.invalid("", FieldError.TYPE, "A document is a JSON object.");
        }
        var body = Bson.of(object);
        var size = bytes(object).length;
        if (size > most
                || new RawBsonDocument(body, new BsonDocumentCodec())
                                .getByteBuffer()
                                .remaining()
                        > MOST_BSON) {
            throw DocumentProblem.tooLarge(most);
        }
        return new Formed(object, body, size);
    }

    /**
     * Asks the collection.
     *
     * @throws ProblemException 422 {@code schema_mismatch}
     */
    public Content accept(Formed document, DeclaredCollection collection) {
        List<FieldError> errors = new ArrayList<>();
        var declaration = collection.declaration();
        var values = DeclaredValues.of(document.tree(), declaration, errors);
        var schema = declaration.schema();
        if (schema != null) {
            errors.addAll(schemas.errors(schema, document.tree()));
        }
        if (!errors.isEmpty()) {
            throw DocumentProblem.SCHEMA_MISMATCH.of(errors);
        }
        return new Content(document.body(), values, DeclaredValues.end(values, declaration), document.size());
    }

    /** A document as it is answered and measured. */
    public byte[] bytes(ObjectNode document) {
        return json.writeValueAsBytes(document);
    }
}
