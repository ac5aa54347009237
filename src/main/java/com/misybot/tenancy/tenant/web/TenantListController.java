package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.tenant.find.TenantFinder;
import com.misybot.tenancy.tenant.find.TenantFinder.Order;
import com.misybot.tenancy.tenant.find.TenantSort;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.Page;
import com.misybot.tenancy.web.Paging;
import com.misybot.tenancy.web.RestPaths;
import com.misybot.tenancy.web.Sorting;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.beans.propertyeditors.CustomCollectionEditor;
import org.springframework.http.MediaType;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Many tenants: page by page, all in one stream, or their number. */
@RestController
@RequestMapping(path = TenantController.PATH, version = RestPaths.VERSION, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Tenants")
class TenantListController {

    private static final String DESCRIPTION =
            "Every filter given must hold; tenants that have been purged are never listed. Sorted by createdAt unless"
                    + " sort says otherwise, and then by id. Accept: application/x-ndjson or text/csv streams the whole"
                    + " result without pages; a stream that breaks off is not ended by its last chunk.";

    private final TenantFinder tenants;
    private final TenantStreams streams;
    private final Clock clock;

    TenantListController(TenantFinder tenants, TenantStreams streams, Clock clock) {
        this.tenants = tenants;
        this.streams = streams;
        this.clock = clock;
    }

    /**
     * How many there are.
     *
     * @param count as many as the list has items
     */
    @Schema(name = "TenantCount")
    record Count(
            @Schema(description = "As many as the list has items.", example = "42", minimum = "0")
            long count) {}

    /** A comma belongs to the value: what is many is repeated. */
    @InitBinder
    void keepCommas(WebDataBinder binder) {
        binder.registerCustomEditor(List.class, new CustomCollectionEditor(List.class));
    }

    @GetMapping
    @Access(scope = "tenants:read")
    @Operation(summary = "List tenants", description = DESCRIPTION)
    Page<TenantResponse> list(
            @ParameterObject @ModelAttribute TenantQuery query,
            Paging paging,
            Sorting<TenantSort> sort,
            Caller caller) {
        var order = new Order(sort.by(), sort.descending(), paging.cursor());
        var now = clock.instant();
        return paging.page(
                        tenants.page(query.toFilter(), caller.reach(), order, paging.limit()),
                        tenant -> sort.by().cursor(tenant))
                .map(tenant -> TenantResponse.from(tenant, now));
    }

    @GetMapping(produces = TenantStreams.NDJSON)
    @Access(scope = "tenants:read")
    @Operation(summary = "List tenants", description = DESCRIPTION)
    @ApiResponse(
            responseCode = "200",
            description = "A tenant on each line.",
            content =
                    @Content(mediaType = TenantStreams.NDJSON, schema = @Schema(implementation = TenantResponse.class)))
    void ndjson(
            @ParameterObject @ModelAttribute TenantQuery query,
            Sorting<TenantSort> sort,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        streams.ndjson(query.toFilter(), caller.reach(), sort, request, response);
    }

    @GetMapping(produces = TenantStreams.CSV)
    @Access(scope = "tenants:read")
    @Operation(summary = "List tenants", description = DESCRIPTION)
    @ApiResponse(
            responseCode = "200",
            description =
                    "A header and a row for each tenant (RFC 4180). A cell that a spreadsheet would compute begins"
                            + " with an apostrophe, which an import takes off again.",
            content =
                    @Content(
                            mediaType = TenantStreams.CSV,
                            schema = @Schema(type = "string", maxLength = Integer.MAX_VALUE),
                            examples = @ExampleObject(name = "rows", value = TenantStreams.CSV_EXAMPLE)))
    void csv(
            @ParameterObject @ModelAttribute TenantQuery query,
            Sorting<TenantSort> sort,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        streams.csv(query.toFilter(), caller.reach(), sort, request, response);
    }

    @GetMapping("/count")
    @Access(scope = "tenants:read")
    @Operation(summary = "Count tenants", description = "As many as the list with these filters has items.")
    Count count(@ParameterObject @ModelAttribute TenantQuery query, Caller caller) {
        return new Count(tenants.count(query.toFilter(), caller.reach()));
    }
}
