package com.misybot.tenancy.event.web;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import com.misybot.tenancy.event.EventCatalogue;
import com.misybot.tenancy.kernel.EventType;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.RestPaths;
import com.misybot.tenancy.web.WebProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The types of events there are. */
@RestController
@RequestMapping(
        path = EventTypeController.PATH,
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Events")
class EventTypeController {

    static final String PATH = RestPaths.API + "/event-types";

    private static final String SCHEMA = "{\"type\":\"object\",\"required\":[\"actor\",\"fields\"]}";

    private final EventCatalogue catalogue;

    EventTypeController(EventCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * A type.
     *
     * @param type its name
     * @param description what has happened
     * @param subject what subject names
     * @param dataschema identifies the schema
     * @param schema of data
     */
    @Schema(name = "EventType")
    record TypeResponse(
            @Schema(
                    requiredMode = REQUIRED,
                    example = "tenant.suspended",
                    pattern = EventType.PATTERN,
                    maxLength = FeedQuery.LONGEST)
            String type,

            @Schema(requiredMode = REQUIRED, description = "What has happened.", maxLength = 500)
            String description,

            @Schema(requiredMode = REQUIRED, description = "What subject names.", maxLength = 200)
            String subject,

            @Schema(
                    requiredMode = REQUIRED,
                    example = "https://events.misybot.com/tenancy/tenant.suspended",
                    maxLength = 200)
            String dataschema,

            @Schema(requiredMode = REQUIRED, description = "JSON Schema (2020-12) of data.", example = SCHEMA)
            JsonNode schema) {}

    /**
     * All types.
     *
     * @param items by name
     */
    @Schema(name = "EventTypes")
    record TypesResponse(
            @ArraySchema(maxItems = 1_000, arraySchema = @Schema(requiredMode = REQUIRED))
            List<TypeResponse> items) {}

    @GetMapping
    @Access(
            scope = "events:read",
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(operationId = "listEventTypes", summary = "List the types of events")
    TypesResponse list() {
        return new TypesResponse(catalogue.all().stream().map(this::response).toList());
    }

    @GetMapping("/{type}")
    @Access(
            scope = "events:read",
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(operationId = "getEventType", summary = "Read a type of event")
    TypeResponse read(
            @Parameter(schema = @Schema(type = "string", pattern = EventType.PATTERN, maxLength = FeedQuery.LONGEST))
                    @PathVariable
                    String type) {
        return response(require(catalogue, type));
    }

    /** Also for what is wrong with a request otherwise: 404 comes first. */
    static EventType require(EventCatalogue catalogue, String name) {
        return catalogue
                .find(name)
                .orElseThrow(() -> new ProblemException(
                        WebProblem.NOT_FOUND, "There is no such type of event: " + PATH + " lists them."));
    }

    private TypeResponse response(EventType type) {
        return new TypeResponse(
                type.name(),
                type.description(),
                type.subject(),
                EventCatalogue.schemaId(type.name()),
                catalogue.schema(type));
    }
}
