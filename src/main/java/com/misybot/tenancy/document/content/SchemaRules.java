package com.misybot.tenancy.document.content;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.misybot.tenancy.document.DocumentProblem;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which schemas a collection may have: JSON Schema of 2020-12 that stands by itself and cannot take long. It refers to its own
 * {@code $defs} alone and never to itself, so that what has to be asked of a value is no more than the schema written out in full,
 * which is bounded.
 */
@Component
public class SchemaRules {

    /** Most bytes of a schema. */
    public static final int MOST_BYTES = 32 * 1024;

    private static final int MOST_PARTS = 2_000;
    private static final int MOST_PATTERN = 256;
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final String DEFINITIONS = "#/$defs/";
    private static final Set<String> ELSEWHERE = Set.of(
            "$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveRef", "$recursiveAnchor", "$vocabulary");

    private final CollectionSchemas schemas;
    private final JsonMapper json;
    private final Schema meta;

    SchemaRules(CollectionSchemas schemas, JsonMapper json) {
        this.schemas = schemas;
        this.json = json;
        this.meta = SchemaRegistry.withDialect(
                        Dialects.getDraft202012(),
                        builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)))
                .getSchema(SchemaLocation.of(DIALECT));
    }

    /**
     * A schema as it is kept.
     *
     * @throws ProblemException 422 {@code schema_refused}, with a pointer to what is refused
     */
    public String accept(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            throw refused(JsonPointer.empty(), FieldError.TYPE, "A schema is a JSON object.");
        }
        var text = json.writeValueAsString(object);
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw refused(JsonPointer.empty(), FieldError.LENGTH, "A schema has at most " + MOST_BYTES + " bytes.");
        }
        new Walk(object).whole();
        requireSchema(object);
        try {
            schemas.compile(text);
        } catch (com.networknt.schema.SchemaException | JacksonException | PatternSyntaxException _) {
            throw refused(JsonPointer.empty(), FieldError.FORMAT, "This is no JSON Schema of 2020-12.");
        }
        return text;
    }

    private void requireSchema(ObjectNode schema) {
        var errors = meta.validate(schema).stream()
                .map(error -> new FieldError(
                        "/schema" + error.getInstanceLocation(),
                        FieldError.FORMAT,
                        "JSON Schema has no such value here."))
                .distinct()
                .limit(20)
                .toList();
        if (!errors.isEmpty()) {
            throw DocumentProblem.SCHEMA_REFUSED.of(errors);
        }
    }

    private static ProblemException refused(JsonPointer at, String code, String detail) {
        return DocumentProblem.SCHEMA_REFUSED.of(List.of(new FieldError("/schema" + at, code, detail)));
    }

    /** Counts the parts of a schema with everything it refers to put in its place. */
    private static final class Walk {

        private final ObjectNode root;
        private final Map<String, Integer> known = new HashMap<>();
        private final Set<String> open = new HashSet<>();

        Walk(ObjectNode root) {
            this.root = root;
        }

        void whole() {
            parts(root, JsonPointer.empty());
        }

        private int parts(JsonNode node, JsonPointer at) {
            var parts = node.isContainer() ? 1 : 0;
            for (var member : node.properties()) {
                var name = member.getKey();
                var here = at.appendProperty(name);
                requireAllowed(name, member.getValue(), here);
                parts = sum(parts, parts(member.getValue(), here), here);
                if (name.equals("$ref")) {
                    parts = sum(parts, referred(member.getValue(), here), here);
                }
            }
            if (node.isArray()) {
                for (var i = 0; i < node.size(); i++) {
                    parts = sum(parts, parts(node.get(i), at.appendIndex(i)), at);
                }
            }
            return parts;
        }

        private static int sum(int parts, int more, JsonPointer at) {
            if (parts + more > MOST_PARTS) {
                throw refused(
                        at,
                        FieldError.LENGTH,
                        "Written out in full, a schema has at most " + MOST_PARTS + " objects and arrays.");
            }
            return parts + more;
        }

        private int referred(JsonNode reference, JsonPointer at) {
            var text = reference.asString("");
            var name = text.startsWith(DEFINITIONS) ? text.substring(DEFINITIONS.length()) : "";
            var target = root.path("$defs").path(name);
            if (name.isEmpty() || target.isMissingNode()) {
                throw refused(
                        at, FieldError.FORMAT, "$ref leads to a name of $defs of the same schema: #/$defs/address.");
            }
            var parts = known.get(name);
            if (parts == null) {
                if (!open.add(name)) {
                    throw refused(at, "recursion", "A schema does not refer to itself.");
                }
                parts = parts(target, JsonPointer.compile("/$defs").appendProperty(name));
                open.remove(name);
                known.put(name, parts);
            }
            return parts;
        }

        private static void requireAllowed(String name, JsonNode value, JsonPointer at) {
            if (ELSEWHERE.contains(name) && value.isString()) {
                throw refused(at, FieldError.UNKNOWN_FIELD, "A schema stands by itself: leave this out.");
            }
            if (name.equals("$schema") && !value.asString("").equals(DIALECT)) {
                throw refused(at, FieldError.ENUM, "The dialect is " + DIALECT + ".");
            }
            if (name.equals("pattern") && value.isString()) {
                requirePattern(value.stringValue(), at);
            }
            if (name.equals("patternProperties")) {
                value.propertyNames().forEach(pattern -> requirePattern(pattern, at));
            }
        }

        private static void requirePattern(String pattern, JsonPointer at) {
            try {
                if (pattern.length() <= MOST_PATTERN) {
                    Pattern.compile(pattern);
                    return;
                }
            } catch (PatternSyntaxException _) {
                // refused below
            }
            throw refused(
                    at,
                    "pattern",
                    "A pattern has at most " + MOST_PATTERN
                            + " characters, in the syntax of RE2: no look-around, no references.");
        }
    }
}
