package com.misybot.tenancy.isolation.web;

import com.misybot.tenancy.isolation.probe.Probe;
import com.misybot.tenancy.isolation.probe.ProbeReport;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.RestPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Makes the service prove that tenants are kept apart. */
@RestController
@RequestMapping(
        path = RestPaths.API + "/isolation",
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Isolation")
class ProbeController {

    private final Probe probe;

    ProbeController(Probe probe) {
        this.probe = probe;
    }

    /** The report of a run. */
    @Schema(
            name = "ProbeReport",
            requiredProperties = {"clean", "startedAt", "endedAt", "stores"})
    record ReportResponse(
            @Schema(description = "Whether every store answered and no attempt reached the other tenant.")
            boolean clean,

            Instant startedAt,
            Instant endedAt,
            @ArraySchema(maxItems = 10) List<ProbeReport.Store> stores) {

        static ReportResponse from(ProbeReport report) {
            return new ReportResponse(report.isClean(), report.startedAt(), report.endedAt(), report.stores());
        }
    }

    @PostMapping("/probe")
    @Access(scope = "isolation:run")
    @Operation(
            operationId = "probeIsolation",
            summary = "Prove that tenants are kept apart",
            description =
                    "Plants a canary of each of two tenants that nobody has in every store, tries as each of them to reach the"
                            + " other's by every way there is, removes them, and answers what came of each attempt. A finding is a"
                            + " security event and turns the status of isolation red.")
    @ApiResponse(responseCode = "200", description = "What was tried and what came of it.")
    ResponseEntity<ReportResponse> run() {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(ReportResponse.from(probe.run()));
    }
}
