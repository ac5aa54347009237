package com.misybot.tenancy.context.web;

import com.misybot.tenancy.context.ContextProblem;
import com.misybot.tenancy.context.ContextResolver;
import com.misybot.tenancy.context.KnownTenant;
import com.misybot.tenancy.context.TenantContext;
import com.misybot.tenancy.context.limit.Rate;
import com.misybot.tenancy.context.limit.RateLimits;
import com.misybot.tenancy.context.signed.ContextTokens;
import com.misybot.tenancy.context.signed.Subject;
import com.misybot.tenancy.kernel.Audience;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.kernel.Origin;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.ETags;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.RestPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Resolves a site: what a platform service asks on every request of a widget. */
@RestController
@RequestMapping(path = ContextController.PATH, version = RestPaths.VERSION, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Context", description = "Whom a request of a widget belongs to.")
class ContextController {

    static final String PATH = RestPaths.API + "/context";
    static final String SCOPE = "context:read";

    private final ContextResolver contexts;
    private final ContextTokens tokens;
    private final RateLimits limits;

    ContextController(ContextResolver contexts, ContextTokens tokens, RateLimits limits) {
        this.contexts = contexts;
        this.tokens = tokens;
        this.limits = limits;
    }

    @GetMapping
    @Access(
            scope = ContextController.SCOPE,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(
            operationId = "resolveContext",
            summary = "Resolve a site and an origin to the context of the tenant",
            description =
                    "origin is that of the page that carries the widget; the Origin header of this request is never read. With"
                            + " Accept: application/jwt and an audience the context comes signed.",
            parameters = {
                @Parameter(
                        name = "siteId",
                        in = ParameterIn.QUERY,
                        required = true,
                        description = "The public key that the widget carries.",
                        example = "site_Hg8yLeu1nv4Stk0suZEL",
                        schema = @Schema(type = "string", pattern = SiteId.PATTERN, maxLength = 64)),
                @Parameter(
                        name = "origin",
                        in = ParameterIn.QUERY,
                        required = true,
                        description = "The origin of the page.",
                        example = "https://www.acme-dental.example",
                        schema = @Schema(type = "string", maxLength = 2048)),
                @Parameter(
                        name = "audience",
                        in = ParameterIn.QUERY,
                        description = "Whom a signed context is for, of the caller's list; with application/jwt alone.",
                        example = "chat-gateway",
                        schema = @Schema(type = "string", pattern = Audience.PATTERN, maxLength = 255))
            })
    @ApiResponse(
            responseCode = "200",
            description = "The context.",
            headers = @Header(name = "ETag", description = "Of this version.", schema = @Schema(type = "string")),
            content = @Content(schema = @Schema(implementation = TenantContext.class)))
    @ApiResponse(responseCode = "304", description = "If-None-Match names this version.", content = @Content)
    void resolve(
            @Parameter(hidden = true) PageOfSite page,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var tenant = contexts.resolve(page.siteId(), page.origin(), caller.reach());
        limits.require(tenant, Rate.RESOLVE, response);
        answer(tenant, request, response);
    }

    @GetMapping(produces = ContextTokens.MEDIA_TYPE)
    @Access(
            scope = ContextController.SCOPE,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(operationId = "resolveContext")
    @ApiResponse(
            responseCode = "200",
            description = "The context, signed, where Accept asks for application/jwt.",
            content = @Content(mediaType = ContextTokens.MEDIA_TYPE, schema = @Schema(type = "string", format = "jwt")))
    ResponseEntity<String> sign(
            @Parameter(hidden = true) PageOfSite page,
            @Parameter(hidden = true) @RequestParam String audience,
            Caller caller) {
        var whom = audience(audience);
        if (!caller.mayAddress(whom)) {
            throw new ProblemException(
                    ContextProblem.AUDIENCE_NOT_ALLOWED,
                    "Ask for one of the audiences of your API key, or have this one added to it.");
        }
        var tenant = contexts.resolve(page.siteId(), page.origin(), caller.reach());
        limits.require(tenant, Rate.RESOLVE);
        return ResponseEntity.ok(tokens.issue(
                new Subject(
                        tenant.id(),
                        Origin.of(page.origin(), true),
                        tenant.version(),
                        tenant.context().claims()),
                whom));
    }

    private static Audience audience(String text) {
        try {
            return new Audience(text);
        } catch (InvalidValue e) {
            throw ProblemException.invalid(FieldError.query("audience", e.code(), String.valueOf(e.getMessage())));
        }
    }

    private static void answer(KnownTenant tenant, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var tag = ETags.of(tenant.version());
        response.setHeader(HttpHeaders.ETAG, tag);
        if (ETags.isNamed(request.getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        var context = tenant.rendered();
        response.setContentLength(context.length());
        context.writeTo(response.getOutputStream());
    }
}
