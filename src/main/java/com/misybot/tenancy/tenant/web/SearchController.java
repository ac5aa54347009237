package com.misybot.tenancy.tenant.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.tenant.find.Hits;
import com.misybot.tenancy.tenant.find.TenantSearch;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.RestPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tenants by what somebody remembers of them. */
@RestController
@RequestMapping(path = TenantController.PATH, version = RestPaths.VERSION, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Tenants")
class SearchController {

    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 50;
    private static final int MAX_LENGTH = 200;
    private static final String ANY = "^[\\s\\S]*$";

    private final TenantSearch search;
    private final Clock clock;

    SearchController(TenantSearch search, Clock clock) {
        this.search = search;
        this.clock = clock;
    }

    /** What a search found. */
    @Schema(name = "TenantHits", description = "The tenants a search found, in their order.")
    record HitsResponse(
            @Schema(description = "The best first.") List<HitResponse> items,

            @Schema(description = "Whether there may be others, or better ones: time or candidates have run out.")
            boolean partial) {

        static HitsResponse from(Hits hits, boolean scored, Instant now) {
            return new HitsResponse(
                    hits.hits().stream()
                            .map(hit -> new HitResponse(
                                    scored ? hundredths(hit.score()) : null, TenantResponse.from(hit.tenant(), now)))
                            .toList(),
                    hits.partial());
        }

        private static double hundredths(double score) {
            return Math.round(score * 100) / 100.0;
        }
    }

    /** A tenant that a search found. */
    @Schema(name = "TenantHit")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HitResponse(
            @Schema(
                    description = "How much it is like the question; absent where it begins with it.",
                    example = "0.87",
                    minimum = "0",
                    maximum = "1")
            @Nullable
            Double score,

            TenantResponse tenant) {}

    @GetMapping("/search")
    @Access(scope = "tenants:read")
    @Operation(
            summary = "Search tenants",
            description =
                    "Give q to search the words of names, tenantIds, siteIds and domains, forgiving a typo, the best"
                            + " hit first; or prefix for the tenants whose name, tenantId, siteId or a host begins so, in"
                            + " the order of what begins so. Case, accents and scripts make no difference (北京 is found as"
                            + " beijing).")
    HitsResponse search(
            @Parameter(
                            description = "Words, as somebody remembers them.",
                            example = "fundacao hermnio",
                            schema = @Schema(type = "string", minLength = 1, maxLength = MAX_LENGTH, pattern = ANY))
                    @RequestParam(required = false)
                    @Nullable
                    String q,
            @Parameter(
                            description = "A beginning.",
                            example = "acme",
                            schema = @Schema(type = "string", minLength = 1, maxLength = MAX_LENGTH, pattern = ANY))
                    @RequestParam(required = false)
                    @Nullable
                    String prefix,
            @Parameter(
                            description = "Most hits.",
                            schema =
                                    @Schema(
                                            type = "integer",
                                            format = "int32",
                                            minimum = "1",
                                            maximum = "50",
                                            defaultValue = "20"))
                    @RequestParam(required = false)
                    @Nullable
                    Integer limit,
            Caller caller) {
        var most = most(limit);
        if ((q == null) == (prefix == null)) {
            throw ProblemException.invalid(FieldError.query("q", FieldError.REQUIRED, "Give one of q and prefix."));
        }
        return q == null
                ? answer(search.beginningWith(text("prefix", prefix), caller.reach(), most), false)
                : answer(search.like(text("q", q), caller.reach(), most), true);
    }

    private HitsResponse answer(Hits hits, boolean scored) {
        return HitsResponse.from(hits, scored, clock.instant());
    }

    private static String text(String name, @Nullable String text) {
        if (text == null || text.isBlank() || text.codePointCount(0, text.length()) > MAX_LENGTH) {
            throw ProblemException.invalid(
                    FieldError.query(name, FieldError.LENGTH, "Give 1 to " + MAX_LENGTH + " characters."));
        }
        return text;
    }

    private static int most(@Nullable Integer limit) {
        var most = limit == null ? DEFAULT_LIMIT : limit;
        if (most < 1 || most > MAX_LIMIT) {
            throw ProblemException.invalid(FieldError.query(
                    "limit", FieldError.RANGE, "limit is a whole number from 1 to " + MAX_LIMIT + "."));
        }
        return most;
    }
}
