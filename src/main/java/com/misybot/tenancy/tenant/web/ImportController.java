package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.tenant.transfer.ImportOrder;
import com.misybot.tenancy.tenant.transfer.TenantImport;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes in many tenants with one request. */
@RestController
@RequestMapping(path = TenantController.PATH, version = RestPaths.VERSION)
@Tag(name = "Tenants")
class ImportController {

    private static final String CSV = "text/csv";
    private static final String EXAMPLE = """
            {"tenantId":"acme-dental","externalId":"crm-4711","business":{"name":"Acme Dental","country":"DE"},"allowedOrigins":["https://acme-dental.example"]}
            """;
    private static final String CSV_EXAMPLE = """
            tenantId,name,country,allowedOrigins,labels
            acme-dental,Acme Dental,DE,https://acme-dental.example https://acme.example,"{""tier"":""gold""}"
            """;
    private static final String ANSWER = """
            {"line":1,"status":"created","tenantId":"acme-dental"}
            """;

    private final TenantImport imports;
    private final ImportLines lines;

    ImportController(TenantImport imports, ImportLines lines) {
        this.imports = imports;
        this.lines = lines;
    }

    @PostMapping(
            path = "/import",
            consumes = {ImportAnswer.NDJSON, CSV},
            produces = ImportAnswer.NDJSON)
    @Access(scope = "tenants:import")
    @Operation(
            summary = "Import tenants",
            description =
                    "Takes lines of NDJSON, or CSV with a header, of any number and at most 64 KB each, and answers a line"
                            + " for each while it reads: read the answer while you send, or send at most 100,000 lines. A line that is refused stops no other."
                            + " Each line is done for itself, in order; send what is missing again after a broken connection."
                            + " No secret is issued.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = ImportAnswer.NDJSON,
                        schema = @Schema(implementation = ImportTenantRequest.class),
                        examples = @ExampleObject(name = "line", value = EXAMPLE)),
                @Content(
                        mediaType = CSV,
                        schema = @Schema(type = "string", maxLength = Integer.MAX_VALUE),
                        examples = @ExampleObject(name = "rows", value = CSV_EXAMPLE))
            })
    @ApiResponse(
            responseCode = "200",
            description =
                    "A result for each line that is not blank, in order, and the summary at the end. Without summary the"
                            + " import broke off.",
            content =
                    @Content(
                            mediaType = ImportAnswer.NDJSON,
                            schema = @Schema(implementation = ImportAnswerLine.class),
                            examples = @ExampleObject(name = "result", value = ANSWER)))
    void importTenants(
            @Parameter(
                            description = "Whether a tenant that exists is refused, or replaced by its line.",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"create", "upsert"},
                                            defaultValue = "create"))
                    @RequestParam(defaultValue = "create")
                    String mode,
            @Parameter(description = "Whether everything is checked and nothing kept.")
                    @RequestParam(defaultValue = "false")
                    boolean dryRun,
            Caller caller,
            Cause cause,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var type = MediaType.parseMediaType(request.getContentType());
        PlainBody.require(request.getHeader(HttpHeaders.CONTENT_ENCODING), type);
        var order = new ImportOrder(isUpsert(mode), dryRun, caller.reach(), cause);
        var body = request.getInputStream();
        var isCsv = type.isCompatibleWith(MediaType.parseMediaType(CSV));
        try (var answer = new ImportAnswer(response, Trace.idOf(request))) {
            var summary = isCsv ? imports.csv(body, lines, order, answer) : imports.ndjson(body, lines, order, answer);
            answer.end(summary, dryRun);
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
