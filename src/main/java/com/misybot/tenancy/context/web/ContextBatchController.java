package com.misybot.tenancy.context.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.context.ContextResolver;
import com.misybot.tenancy.context.TenantContext;
import com.misybot.tenancy.context.limit.Rate;
import com.misybot.tenancy.context.limit.RateLimits;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.ProblemWriter;
import com.misybot.tenancy.web.RestPaths;
import com.misybot.tenancy.web.Trace;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Resolves many sites with one request. */
@RestController
@RequestMapping(
        path = ContextController.PATH + "/batch",
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Context")
class ContextBatchController {

    private static final int MOST = 100;

    private final ContextResolver contexts;
    private final RateLimits limits;

    ContextBatchController(ContextResolver contexts, RateLimits limits) {
        this.contexts = contexts;
        this.limits = limits;
    }

    /**
     * What is asked for.
     *
     * @param items 1 to 100 sites with the origins of their pages
     */
    @Schema(name = "ContextBatch")
    record Batch(@NotNull @Size(min = 1, max = MOST) List<@NotNull @Valid Item> items) {}

    /**
     * A site and the page that talks for it.
     *
     * @param siteId the public key of the site
     * @param origin of the page
     */
    @Schema(name = "ContextBatchItem")
    record Item(
            @NotNull @Schema(example = "site_Hg8yLeu1nv4Stk0suZEL")
            String siteId,

            @NotNull @Schema(example = "https://www.acme-dental.example")
            String origin) {}

    /** The answers, in the order of the items. */
    @Schema(name = "ContextBatchAnswers", requiredProperties = "items")
    record Answers(@ArraySchema(maxItems = MOST) List<Answer> items) {}

    /**
     * One of the two.
     *
     * @param context what was resolved
     * @param problem why nothing was
     */
    @Schema(name = "ContextBatchAnswer")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            @Nullable TenantContext context,

            @Schema(ref = "#/components/schemas/Problem") @Nullable
            Object problem) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Access(
            scope = "context:read",
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(
            operationId = "resolveContexts",
            summary = "Resolve up to 100 sites",
            description =
                    "Answers in order; each is a context or the problem that resolving it alone would have answered.")
    Answers resolve(@Valid @RequestBody Batch body, Caller caller, HttpServletRequest request) {
        var trace = Trace.idOf(request);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(body.items().stream()
                    .<Callable<Answer>>map(item -> () -> answer(item, caller, trace))
                    .toList());
            return new Answers(
                    answers.stream().map(ContextBatchController::result).toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("The service is stopping", e);
        }
    }

    private Answer answer(Item item, Caller caller, String trace) {
        try {
            var tenant = contexts.resolve(site(item.siteId()), item.origin(), caller.reach());
            limits.require(tenant, Rate.RESOLVE);
            return new Answer(tenant.context(), null);
        } catch (ProblemException e) {
            return new Answer(null, JsonMapper.shared().readTree(ProblemWriter.body(trace, e.problem())));
        }
    }

    private static SiteId site(String text) {
        try {
            return new SiteId(text);
        } catch (InvalidValue e) {
            throw ProblemException.invalid(new FieldError("/siteId", e.code(), Objects.requireNonNull(e.getMessage())));
        }
    }

    private static Answer result(Future<Answer> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("The service is stopping", e);
        }
    }
}
