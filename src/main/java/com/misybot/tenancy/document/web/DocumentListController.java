package com.misybot.tenancy.document.web;

import com.misybot.tenancy.document.collection.DocumentLists;
import com.misybot.tenancy.document.content.Contents;
import com.misybot.tenancy.document.mongo.StoredDocument;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.Page;
import com.misybot.tenancy.web.Paging;
import com.misybot.tenancy.web.RestPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Many documents: page by page, all in one stream, or their number. */
@RestController
@RequestMapping(
        path = DocumentController.PATH,
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Documents")
class DocumentListController {

    static final String NDJSON = "application/x-ndjson";

    private static final String DESCRIPTION =
            "In the order of their ids. Declared fields filter: `field=value`, and `field.gt`, `field.gte`, `field.lt`, `field.lte`"
                    + " for texts, numbers and instants; every filter given must hold. A page has fewer than pageSize where its documents"
                    + " are large. Accept: application/x-ndjson streams all of them, as the import takes them.";

    private final DocumentLists lists;
    private final Contents contents;
    private final JsonMapper json;

    DocumentListController(DocumentLists lists, Contents contents, JsonMapper json) {
        this.lists = lists;
        this.contents = contents;
        this.json = json;
    }

    @GetMapping
    @Access(
            scope = CollectionController.READ,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT},
            told = "documents.read")
    @Operation(operationId = "listDocuments", summary = "List documents", description = DESCRIPTION)
    Page<DocumentItem> list(
            @PathVariable TenantId tenantId,
            @PathVariable String name,
            @Parameter(hidden = true) @RequestParam Map<String, String> filters,
            Paging paging,
            Caller caller,
            HttpServletRequest request) {
        var query = new HashMap<>(request.getParameterMap());
        query.keySet().removeAll(List.of(Paging.SIZE, Paging.TOKEN));
        var cursor = paging.cursor();
        var part = lists.of(tenantId, Names.existing(name), query, caller.reach())
                .part(cursor == null ? null : cursor.getFirst(), paging.size());
        return paging.part(part.documents(), part.more(), document -> List.of(document.id()))
                .map(document -> DocumentItem.from(document, contents));
    }

    @GetMapping(produces = NDJSON)
    @Access(
            scope = CollectionController.READ,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT},
            told = "documents.read")
    @Operation(operationId = "listDocuments", summary = "List documents", description = DESCRIPTION)
    @ApiResponse(
            responseCode = "200",
            description = "A document on each line.",
            content =
                    @Content(
                            mediaType = NDJSON,
                            schema = @Schema(implementation = DocumentItem.class),
                            examples = @ExampleObject(name = "line", value = DocumentItem.EXAMPLE)))
    @ApiResponse(responseCode = "501", description = CollectionController.OFF)
    void ndjson(
            @PathVariable TenantId tenantId,
            @PathVariable String name,
            @Parameter(hidden = true) @RequestParam Map<String, String> filters,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var listing = lists.of(tenantId, Names.existing(name), request.getParameterMap(), caller.reach());
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            response.setContentType(NDJSON);
            return;
        }
        listing.each(new DocumentLists.Sink() {
            @Override
            public void begin() {
                response.setContentType(NDJSON);
            }

            @Override
            public void write(List<StoredDocument> documents) throws IOException {
                var out = response.getOutputStream();
                for (var document : documents) {
                    out.write(json.writeValueAsBytes(DocumentItem.from(document, contents)));
                    out.write('\n');
                }
                out.flush();
            }
        });
    }

    /** How many there are. */
    @Schema(name = "DocumentCount")
    record Count(
            @Schema(description = "As many as the list has items.", example = "42", minimum = "0")
            long count) {}

    @GetMapping("/count")
    @Access(
            scope = CollectionController.READ,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(
            operationId = "countDocuments",
            summary = "Count documents",
            description = "As many as the list with these filters has items.")
    @ApiResponse(responseCode = "200", description = "How many there are.")
    @ApiResponse(responseCode = "501", description = CollectionController.OFF)
    Count count(
            @PathVariable TenantId tenantId,
            @PathVariable String name,
            @Parameter(hidden = true) @RequestParam Map<String, String> filters,
            Caller caller,
            HttpServletRequest request) {
        return new Count(lists.of(tenantId, Names.existing(name), request.getParameterMap(), caller.reach())
                .count());
    }
}
