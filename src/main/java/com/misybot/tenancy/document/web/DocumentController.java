package com.misybot.tenancy.document.web;

import com.misybot.tenancy.document.DocumentId;
import com.misybot.tenancy.document.collection.Documents;
import com.misybot.tenancy.document.collection.Documents.Address;
import com.misybot.tenancy.document.collection.Precondition;
import com.misybot.tenancy.document.content.Bson;
import com.misybot.tenancy.document.content.Contents;
import com.misybot.tenancy.document.mongo.StoredDocument;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.ETags;
import com.misybot.tenancy.web.IfMatch;
import com.misybot.tenancy.web.RestPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Single documents over HTTP. What is sent and answered is the document itself; its version is in the ETag. */
@RestController
@RequestMapping(
        path = DocumentController.PATH,
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Documents")
class DocumentController {

    static final String PATH = CollectionController.PATH + "/{name}/documents";

    private static final String EXAMPLE = "{\"visitor\":\"v-17\",\"turns\":3,\"price\":19.90}";

    private final Documents documents;
    private final Contents contents;
    private final DocumentBodies bodies;

    DocumentController(Documents documents, Contents contents, DocumentBodies bodies) {
        this.documents = documents;
        this.contents = contents;
        this.bodies = bodies;
    }

    @GetMapping("/{id}")
    @Access(
            scope = CollectionController.READ,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(operationId = "getDocument", summary = "Read a document")
    @ApiResponse(
            responseCode = "200",
            description = "The document.",
            content =
                    @Content(
                            schema = @Schema(type = "object", maxProperties = 100_000),
                            examples = @ExampleObject(name = "document", value = EXAMPLE)))
    @ApiResponse(responseCode = "501", description = CollectionController.OFF)
    ResponseEntity<byte[]> read(
            @PathVariable TenantId tenantId, @PathVariable String name, @PathVariable String id, Caller caller) {
        return answer(documents.find(address(tenantId, name, id, caller)));
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(
            scope = CollectionController.WRITE,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(
            operationId = "putDocument",
            summary = "Make a document, or replace the one there is",
            description =
                    "Without If-Match it makes a document that does not exist; 428 says that there is one. Numbers are kept as they are"
                            + " written, or refused.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(type = "object", maxProperties = 100_000),
                            examples = @ExampleObject(name = "document", value = EXAMPLE)))
    @ApiResponse(
            responseCode = "200",
            description = "The document as it is now.",
            content =
                    @Content(
                            schema = @Schema(type = "object", maxProperties = 100_000),
                            examples = @ExampleObject(name = "document", value = EXAMPLE)))
    @ApiResponse(
            responseCode = "201",
            description = "The new document.",
            content =
                    @Content(
                            schema = @Schema(type = "object", maxProperties = 100_000),
                            examples = @ExampleObject(name = "document", value = EXAMPLE)))
    @ApiResponse(responseCode = "501", description = CollectionController.OFF)
    ResponseEntity<byte[]> put(
            @PathVariable TenantId tenantId,
            @PathVariable String name,
            @PathVariable String id,
            @Nullable IfMatch ifMatch,
            @Parameter(
                            description = "`*` refuses where there is one already.",
                            schema = @Schema(type = "string", maxLength = 1, pattern = "^\\*$"))
                    @RequestHeader(name = "If-None-Match", required = false)
                    @Nullable
                    String ifNoneMatch,
            Caller caller,
            HttpServletRequest request) {
        var address = new Address(tenantId, Names.existing(name), Names.sent(id, "id", DocumentId::new), caller);
        var done = documents.put(
                address, Precondition.of(ifMatch, ifNoneMatch), () -> contents.read(bodies.read(request)));
        return done.created()
                ? ResponseEntity.created(URI.create(RestPaths.API + "/tenants/" + tenantId + "/collections/"
                                + address.collection() + "/documents/" + address.id()))
                        .eTag(ETags.of(done.document().version()))
                        .body(body(done.document()))
                : answer(done.document());
    }

    @PatchMapping(path = "/{id}", consumes = "application/merge-patch+json")
    @Access(
            scope = CollectionController.WRITE,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(
            operationId = "patchDocument",
            summary = "Change some of a document",
            description =
                    "A JSON Merge Patch (RFC 7396): what is left out stays, null removes. With If-Match: * it is laid over whatever"
                            + " is there, and none of several at once is lost.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/merge-patch+json",
                            schema = @Schema(type = "object", maxProperties = 100_000),
                            examples = @ExampleObject(name = "patch", value = "{\"turns\":4}")))
    @ApiResponse(
            responseCode = "200",
            description = "The document as it is now.",
            content =
                    @Content(
                            schema = @Schema(type = "object", maxProperties = 100_000),
                            examples = @ExampleObject(name = "document", value = EXAMPLE)))
    @ApiResponse(responseCode = "501", description = CollectionController.OFF)
    ResponseEntity<byte[]> patch(
            @PathVariable TenantId tenantId,
            @PathVariable String name,
            @PathVariable String id,
            @Nullable IfMatch ifMatch,
            Caller caller,
            HttpServletRequest request) {
        return answer(documents.patch(address(tenantId, name, id, caller), ifMatch, () -> bodies.read(request)));
    }

    @DeleteMapping("/{id}")
    @Access(
            scope = CollectionController.WRITE,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(operationId = "deleteDocument", summary = "Delete a document")
    @ApiResponse(responseCode = "204", description = "It is gone.", content = @Content)
    @ApiResponse(responseCode = "501", description = CollectionController.OFF)
    ResponseEntity<Void> delete(
            @PathVariable TenantId tenantId,
            @PathVariable String name,
            @PathVariable String id,
            @Nullable IfMatch ifMatch,
            Caller caller) {
        documents.delete(address(tenantId, name, id, caller), ifMatch);
        return ResponseEntity.noContent().build();
    }

    private static Address address(TenantId tenantId, String name, String id, Caller caller) {
        return new Address(tenantId, Names.existing(name), Names.existingId(id), caller);
    }

    private ResponseEntity<byte[]> answer(StoredDocument document) {
        return ETags.ok(body(document), document.version());
    }

    private byte[] body(StoredDocument document) {
        return contents.bytes(Bson.toJson(document.body()));
    }
}
