package com.misybot.tenancy.document.web;

import com.misybot.tenancy.document.CollectionName;
import com.misybot.tenancy.document.Declaration;
import com.misybot.tenancy.document.DeclaredCollection;
import com.misybot.tenancy.document.DocumentProblem;
import com.misybot.tenancy.document.collection.Collections;
import com.misybot.tenancy.document.collection.Precondition;
import com.misybot.tenancy.document.content.SchemaRules;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.ETags;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.Page;
import com.misybot.tenancy.web.Paging;
import com.misybot.tenancy.web.RequestBodies;
import com.misybot.tenancy.web.RestPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The collections of a tenant over HTTP. */
@RestController
@RequestMapping(
        path = CollectionController.PATH,
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Documents")
class CollectionController {

    static final String PATH = RestPaths.API + "/tenants/{tenantId}/collections";

    static final String READ = "documents:read";
    static final String WRITE = "documents:write";

    /** A word that stands beside {@code {name}} in a path. */
    static final String COUNT = "count";

    static final String OFF = "MongoDB is not configured.";

    private final Collections collections;
    private final SchemaRules rules;
    private final RequestBodies bodies;

    CollectionController(Collections collections, SchemaRules rules, RequestBodies bodies) {
        this.collections = collections;
        this.rules = rules;
        this.bodies = bodies;
    }

    @GetMapping("/{name}")
    @Access(
            scope = READ,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(operationId = "getCollection", summary = "Read how a collection is declared")
    @ApiResponse(
            responseCode = "200",
            description = "The collection.",
            content = @Content(schema = @Schema(implementation = CollectionResponse.class)))
    @ApiResponse(responseCode = "501", description = OFF)
    ResponseEntity<CollectionResponse> read(@PathVariable TenantId tenantId, @PathVariable String name, Caller caller) {
        return answer(collections.find(tenantId, Names.existing(name), caller.reach()));
    }

    @PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(scope = WRITE)
    @Operation(
            operationId = "putCollection",
            summary = "Declare a collection, or replace its declaration",
            description =
                    "Without If-Match it makes a collection that does not exist. A schema can be replaced at any time and holds for what"
                            + " is written then; fields and ttlField only while there is no document.")
    @ApiResponse(
            responseCode = "200",
            description = "The collection as it is now.",
            content = @Content(schema = @Schema(implementation = CollectionResponse.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The new collection.",
            content = @Content(schema = @Schema(implementation = CollectionResponse.class)))
    @ApiResponse(responseCode = "501", description = OFF)
    ResponseEntity<CollectionResponse> put(
            @PathVariable TenantId tenantId,
            @PathVariable String name,
            @Nullable IfMatch ifMatch,
            @Parameter(
                            description = "`*` refuses where there is one already.",
                            schema = @Schema(type = "string", maxLength = 1, pattern = "^\\*$"))
                    @RequestHeader(name = "If-None-Match", required = false)
                    @Nullable
                    String ifNoneMatch,
            Caller caller,
            Cause cause,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = DeclareCollectionRequest.class)))
                    @RequestBody
                    JsonNode body) {
        var collection = Names.sent(name, "name", CollectionName::new);
        var done = collections.declare(
                tenantId,
                collection,
                Precondition.of(ifMatch, ifNoneMatch),
                present -> declaration(body, present, ifMatch, collection),
                caller.reach(),
                cause);
        var answer = CollectionResponse.from(done.collection());
        var tag = ETags.of(done.collection().version());
        return done.created()
                ? ResponseEntity.created(
                                URI.create(RestPaths.API + "/tenants/" + tenantId + "/collections/" + collection))
                        .eTag(tag)
                        .body(answer)
                : ETags.ok(answer, tag);
    }

    private Declaration declaration(
            JsonNode body, @Nullable DeclaredCollection present, @Nullable IfMatch ifMatch, CollectionName name) {
        if (present == null) {
            if (name.value().equals(COUNT)) {
                throw DocumentProblem.COLLECTION_NAME_RESERVED.of(List.of(
                        FieldError.path("name", "reserved", "This name is a reserved word: choose another one.")));
            }
            return bodies.bind(body, DeclareCollectionRequest.class).toDeclaration(rules);
        }
        var exact = ifMatch != null && ifMatch.matches(present.version());
        return bodies.replace(
                        exact ? body : withoutReadOnly(body),
                        CollectionResponse.from(present),
                        CollectionResponse.READ_ONLY,
                        DeclareCollectionRequest.class)
                .toDeclaration(rules);
    }

    /** Who read another version sends what was true of that: 412 says so, {@code read_only} would mislead. */
    private static JsonNode withoutReadOnly(JsonNode body) {
        return body instanceof ObjectNode object ? object.deepCopy().remove(CollectionResponse.READ_ONLY) : body;
    }

    @DeleteMapping("/{name}")
    @Access(scope = WRITE)
    @Operation(
            operationId = "deleteCollection",
            summary = "Delete a collection with every document in it",
            description =
                    "Where MongoDB does not answer, the collection is gone already and the same request ends the work.")
    @ApiResponse(responseCode = "204", description = "It is gone.", content = @Content)
    @ApiResponse(responseCode = "501", description = OFF)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            @PathVariable TenantId tenantId,
            @PathVariable String name,
            @Nullable IfMatch ifMatch,
            Caller caller,
            Cause cause) {
        collections.delete(tenantId, Names.existing(name), ifMatch, caller.reach(), cause);
    }

    @GetMapping
    @Access(
            scope = READ,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(operationId = "listCollections", summary = "List the collections of a tenant", description = "By name.")
    @ApiResponse(responseCode = "200", description = "A page of them.")
    @ApiResponse(responseCode = "501", description = OFF)
    Page<CollectionResponse> list(@PathVariable TenantId tenantId, Paging paging, Caller caller) {
        var cursor = paging.cursor();
        var found =
                collections.list(tenantId, cursor == null ? null : cursor.getFirst(), paging.limit(), caller.reach());
        return paging.page(found, one -> List.of(one.name().value())).map(CollectionResponse::from);
    }

    /** How many there are. */
    @Schema(name = "CollectionCount")
    record Count(long count) {}

    @GetMapping("/" + COUNT)
    @Access(
            scope = READ,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(operationId = "countCollections", summary = "Count the collections of a tenant")
    @ApiResponse(responseCode = "200", description = "How many there are.")
    @ApiResponse(responseCode = "501", description = OFF)
    Count count(@PathVariable TenantId tenantId, Caller caller) {
        return new Count(collections.count(tenantId, caller.reach()));
    }

    private static ResponseEntity<CollectionResponse> answer(DeclaredCollection collection) {
        return ETags.ok(CollectionResponse.from(collection), collection.version());
    }
}
