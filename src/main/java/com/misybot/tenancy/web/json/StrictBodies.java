package com.misybot.tenancy.web.json;

import com.misybot.tenancy.web.BodyLimit;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.RequestBodies;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Binds with the strict mapper and validates with Bean Validation. */
final class StrictBodies implements RequestBodies {

    private static final JsonGuard GUARD = JsonGuard.withNesting(BodyLimit.DEFAULT_NESTING);

    private static final Logger LOG = LoggerFactory.getLogger(StrictBodies.class);

    private final Map<Integer, JsonGuard> guards = new ConcurrentHashMap<>();
    private final JsonMapper json;
    private final Validator validator;

    StrictBodies(JsonMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    @Override
    public <T> T replace(JsonNode body, Object current, Set<String> readOnly, Class<T> type) {
        return bind(writable(body, tree(current), readOnly), type);
    }

    @Override
    public <T> T patch(JsonNode patch, Object current, Set<String> readOnly, Class<T> type) {
        var present = tree(current);
        var changes = writable(patch, present, readOnly);
        requireKnown(changes, type);
        return bind(MergePatch.apply(present.deepCopy().remove(readOnly), changes), type);
    }

    /** A field that is cleared leaves nothing behind in what a patch makes, so that one that does not exist is found here. */
    private void requireKnown(ObjectNode changes, Class<?> type) {
        try {
            json.treeToValue(changes, type);
        } catch (UnrecognizedPropertyException e) {
            throw JsonErrors.of(e);
        } catch (JacksonException e) {
            // what else is wrong is told of the whole that the patch makes: a part of it may be refused for what it
            // lacks
            LOG.trace("The patch alone is no request", e);
        }
    }

    @Override
    public <T> T bind(JsonNode body, Class<T> type) {
        try {
            return valid(json.treeToValue(object(body), type));
        } catch (JacksonException e) {
            throw JsonErrors.of(e);
        }
    }

    @Override
    public <T> T read(byte[] bytes, Class<T> type) {
        GUARD.check(bytes);
        try {
            return bind(json.readTree(bytes), type);
        } catch (JacksonException e) {
            throw JsonErrors.of(e);
        }
    }

    @Override
    public JsonNode tree(byte[] bytes, int nesting) {
        guards.computeIfAbsent(nesting, JsonGuard::withNesting).check(bytes);
        try {
            return json.readTree(bytes);
        } catch (JacksonException e) {
            throw JsonErrors.of(e);
        }
    }

    @Override
    public JsonNode merge(JsonNode target, JsonNode patch) {
        return MergePatch.apply(target, patch);
    }

    private <T> T valid(T request) {
        var violations = validator.validate(request);
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(Violations.errors(violations));
        }
        return request;
    }

    /** Through its text, so that raw JSON within is a tree as well. */
    private ObjectNode tree(Object current) {
        return object(json.readTree(json.writeValueAsBytes(current)));
    }

    /** The body without its read-only fields. */
    private static ObjectNode writable(JsonNode body, ObjectNode present, Set<String> readOnly) {
        var writable = object(body).deepCopy();
        var refused = new ArrayList<FieldError>();
        for (var name : readOnly) {
            var sent = writable.remove(name);
            if (sent != null && !isSame(sent, present.path(name))) {
                refused.add(new FieldError(
                        JsonPointer.empty().appendProperty(name).toString(),
                        FieldError.READ_ONLY,
                        "This field is read-only: leave it out, or send the value it has."));
            }
        }
        if (!refused.isEmpty()) {
            throw ProblemException.invalid(refused);
        }
        return writable;
    }

    private static boolean isSame(JsonNode sent, JsonNode present) {
        return (sent.isNull() && present.isMissingNode()) || sent.equals(StrictBodies::compare, present);
    }

    /** As JSON compares: 1 and 1.0 are one number, whatever holds them. */
    private static int compare(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }

    private static ObjectNode object(JsonNode body) {
        if (body instanceof ObjectNode object) {
            return object;
        }
        throw ProblemException.invalid("", FieldError.TYPE, "The body is a JSON object.");
    }
}
