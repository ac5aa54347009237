package com.misybot.tenancy.document.web;

import com.misybot.tenancy.document.collection.Collections;
import com.misybot.tenancy.document.transfer.DocumentImport;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.PlainBody;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.RestPaths;
import com.misybot.tenancy.web.Trace;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes in many documents with one request. */
@RestController
@RequestMapping(path = DocumentController.PATH, version = RestPaths.VERSION)
@Tag(name = "Documents")
class DocumentImportController {

    private static final String EXAMPLE = """
            {"id":"c-4711","document":{"visitor":"v-17","turns":3}}
            """;
    private static final String ANSWER = """
            {"line":1,"status":"created","id":"c-4711"}
            """;

    private final Collections collections;
    private final DocumentImport imports;

    DocumentImportController(Collections collections, DocumentImport imports) {
        this.collections = collections;
        this.imports = imports;
    }

    @PostMapping(path = "/import", consumes = DocumentListController.NDJSON, produces = DocumentListController.NDJSON)
    @Access(
            scope = CollectionController.WRITE,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(
            operationId = "importDocuments",
            summary = "Import documents",
            description =
                    "Takes lines of NDJSON, of any number, each as large as a document may be, and answers a line for each while it"
                            + " reads: read the answer while you send. A line that is refused stops no other. Each line is done for itself,"
                            + " in order; send what is missing again after a broken connection. Takes what an export gives.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = DocumentListController.NDJSON,
                            schema = @Schema(implementation = DocumentLine.class),
                            examples = @ExampleObject(name = "line", value = EXAMPLE)))
    @ApiResponse(
            responseCode = "200",
            description =
                    "A result for each line that is not blank, in order, and the summary at the end. Without summary the import broke"
                            + " off.",
            content =
                    @Content(
                            mediaType = DocumentListController.NDJSON,
                            schema = @Schema(implementation = DocumentImportLine.class),
                            examples = @ExampleObject(name = "result", value = ANSWER)))
    @ApiResponse(responseCode = "501", description = CollectionController.OFF)
    void importDocuments(
            @PathVariable TenantId tenantId,
            @PathVariable String name,
            @Parameter(
                            description = "Whether a document that exists is refused, or replaced by its line.",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"create", "upsert"},
                                            defaultValue = "create"))
                    @RequestParam(defaultValue = "create")
                    String mode,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        PlainBody.require(
                request.getHeader(HttpHeaders.CONTENT_ENCODING), MediaType.parseMediaType(request.getContentType()));
        var collection = Names.existing(name);
        collections.find(tenantId, collection, caller.reach());
        var order = new DocumentImport.Order(tenantId, collection, isUpsert(mode), caller);
        try (var answer = new DocumentImportAnswer(response, Trace.idOf(request))) {
            imports.run(request.getInputStream(), order, answer);
            answer.end();
        }
    }

    private static boolean isUpsert(String mode) {
        return switch (mode) {
            case "create" -> false;
            case "upsert" -> true;
            default ->
                throw ProblemException.invalid(
                        FieldError.query("mode", FieldError.ENUM, "Give one of create, upsert."));
        };
    }
}
