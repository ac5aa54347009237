package com.misybot.tenancy.event;

import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.EventType;
import com.misybot.tenancy.kernel.EventTypes;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** All types of events, as the modules declare them, and the JSON Schemas of their data. */
@Component
public class EventCatalogue {

    /** Where the identifier of every schema begins. */
    public static final String SCHEMA_PREFIX = "https://events.misybot.com/tenancy/";

    private static final int LONGEST_ID = 300;
    private static final int MOST_FIELDS = 1_000;

    private final SortedMap<String, EventType> types = new TreeMap<>();
    private final JsonMapper json;

    EventCatalogue(List<EventTypes> modules, JsonMapper json) {
        this.json = json;
        for (var module : modules) {
            for (var type : module.all()) {
                if (types.put(type.name(), type) != null) {
                    throw new IllegalStateException("Two modules declare events of the type " + type.name());
                }
            }
        }
    }

    /** All of them, by name. */
    public Collection<EventType> all() {
        return java.util.Collections.unmodifiableCollection(types.values());
    }

    /** The type with this name. */
    public Optional<EventType> find(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /** The identifier of the schema of a type: {@code dataschema} of its events. */
    public static String schemaId(String type) {
        return SCHEMA_PREFIX + type;
    }

    /** JSON Schema (2020-12) of the data of this type's events. Members it does not name may be added later. */
    public JsonNode schema(EventType type) {
        var schema = json.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", schemaId(type.name()));
        schema.put("title", type.name());
        schema.put("description", type.description());
        schema.put("type", "object");
        schema.putArray("required").add("actor").add("fields");
        var properties = schema.putObject("properties");
        actor(properties.putObject("actor"));
        var fields = properties.putObject("fields");
        fields.put("description", "Names of the changed fields, sorted.");
        fields.put("type", "array");
        fields.put("maxItems", MOST_FIELDS);
        fields.put("uniqueItems", true);
        fields.putObject("items").put("type", "string");
        type.states().forEach((field, words) -> {
            var state = properties.putObject(field);
            state.put("description", "What it is now.");
            words.forEach(state.putArray("enum")::add);
        });
        return schema;
    }

    private static void actor(ObjectNode actor) {
        actor.put("type", "object");
        actor.put("description", "Who acted. Operators are people: which of them it was is for the trail to tell.");
        actor.putArray("required").add("kind");
        var properties = actor.putObject("properties");
        var kinds = properties.putObject("kind").putArray("enum");
        Arrays.stream(Actor.Kind.values()).forEach(kind -> kinds.add(word(kind)));
        properties.putObject("id").put("type", "string").put("maxLength", LONGEST_ID);
    }

    static String word(Actor.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
