package com.misybot.tenancy.isolation.web;

import com.misybot.tenancy.isolation.Finding;
import com.misybot.tenancy.isolation.IsolationFindings;
import com.misybot.tenancy.isolation.redis.AclState;
import com.misybot.tenancy.isolation.redis.RedisNamespaces;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.RestPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the stores keep tenants apart, over HTTP. */
@RestController
@RequestMapping(
        path = RestPaths.API + "/isolation",
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Isolation")
class IsolationController {

    private final ObjectProvider<IsolationFindings> checks;
    private final RedisNamespaces namespaces;
    private final Environment environment;

    IsolationController(ObjectProvider<IsolationFindings> checks, RedisNamespaces namespaces, Environment environment) {
        this.checks = checks;
        this.namespaces = namespaces;
        this.environment = environment;
    }

    /** UP where nothing was found. */
    enum Verdict {
        UP,
        DOWN
    }

    /** One way in which a store does not keep tenants apart. */
    @Schema(
            name = "IsolationFinding",
            requiredProperties = {"store", "code", "detail"})
    record FindingResponse(
            @Schema(description = "Which store.", example = "postgres", maxLength = 20)
            String store,

            @Schema(description = "What kind of finding.", example = "catalogue_breach", maxLength = 50)
            String code,

            @Schema(
                    description = "What is wrong, for an operator.",
                    example = "table note has row level security disabled or not forced",
                    maxLength = 2_000)
            String detail) {

        static FindingResponse from(Finding finding) {
            return new FindingResponse(finding.store(), finding.code(), finding.detail());
        }
    }

    /** What was found. */
    @Schema(
            name = "IsolationStatus",
            requiredProperties = {"status", "findings", "redisAcl", "outboundAllow"})
    record StatusResponse(
            @Schema(description = "UP where nothing was found.")
            Verdict status,

            @ArraySchema(maxItems = 10_000) List<FindingResponse> findings,

            @Schema(
                    description =
                            "Whether tenants can have users of Redis: ON; OFF by tenancy.isolation.redis.acl; FORBIDDEN where"
                                    + " Redis refuses the account of the service; AWAY; NONE without a Redis.")
            AclState redisAcl,

            @ArraySchema(
                    arraySchema =
                            @Schema(
                                    description =
                                            "What tenancy.outbound.allow opens: addresses beside the public ones that the"
                                                    + " service calls for tenants. Empty unless set."),
                    schema = @Schema(example = "10.20.0.0/16:8443", maxLength = 100),
                    maxItems = 1_000)
            List<String> outboundAllow) {}

    @GetMapping("/status")
    @Access(scope = "isolation:run")
    @Operation(
            operationId = "getIsolationStatus",
            summary = "Ask whether tenants are kept apart",
            description =
                    "Reads the catalogue of the database now: row level security, policies, keys, grants, functions and roles."
                            + " What it finds turns readiness red as well.")
    ResponseEntity<StatusResponse> status() {
        var findings = checks.orderedStream()
                .flatMap(check -> check.findings().stream())
                .map(FindingResponse::from)
                .toList();
        var opened = Binder.get(environment)
                .bind("tenancy.outbound.allow", Bindable.listOf(String.class))
                .orElse(List.of());
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new StatusResponse(
                        findings.isEmpty() ? Verdict.UP : Verdict.DOWN, findings, namespaces.state(), opened));
    }
}
