package com.misybot.tenancy.onboarding.web;

import com.misybot.tenancy.kernel.OneTimeSecret;
import com.misybot.tenancy.onboarding.Applications;
import com.misybot.tenancy.onboarding.FirstSecrets;
import com.misybot.tenancy.tenant.TenantSettings;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.BodyLimit;
import com.misybot.tenancy.web.RestPaths;
import com.misybot.tenancy.web.Senders;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What applicants do over HTTP. They have no credential: a token in the body says which application is theirs. */
@RestController
@RequestMapping(
        path = ApplicantController.PATH,
        version = RestPaths.VERSION,
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Onboarding")
class ApplicantController {

    static final String PATH = RestPaths.API + "/onboarding";

    private static final int SMALL = 32 * 1024;

    private final Applications applications;
    private final FirstSecrets secrets;
    private final TenantSettings rules;

    ApplicantController(Applications applications, FirstSecrets secrets, TenantSettings rules) {
        this.applications = applications;
        this.secrets = secrets;
        this.rules = rules;
    }

    /** The one answer there is. */
    @Schema(name = "ApplicationTaken")
    record Taken(
            @Schema(example = "Read the mail that is on its way to the address you gave, and open its link.")
            String next) {

        static final Taken ANSWER =
                new Taken("Read the mail that is on its way to the address you gave, and open its link.");
    }

    @Access(callers = Access.Kind.PUBLIC)
    @BodyLimit(bytes = SMALL)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "apply",
            summary = "Apply",
            description =
                    "Answers the same whether this is new, runs already, or asks for a name that is not available. At most ten"
                            + " applications an hour are taken from one network, and three mails a day sent to one address.")
    @ApiResponse(responseCode = "202", description = "What comes next is in a mail.")
    @PostMapping("/applications")
    Taken apply(@RequestBody ApplyRequest body, HttpServletRequest request) {
        var applied = body.toApplication(rules.localhostOrigins());
        applications.submit(applied.wish(), applied.contact(), body.invitation(), Senders.of(request));
        return Taken.ANSWER;
    }

    @Access(callers = Access.Kind.PUBLIC)
    @BodyLimit(bytes = SMALL)
    @Operation(
            operationId = "verifyEmail",
            summary = "Show that a mail was read",
            description =
                    "Uses up the token of the link. Answers with what to prove next, and with another token to follow the application.")
    @ApiResponse(responseCode = "200", description = "How the application stands.")
    @ApiResponse(responseCode = "410", description = "The token was used or has expired.")
    @PostMapping("/verifications")
    StatusResponse verify(@Valid @RequestBody TokenRequest body, HttpServletRequest request) {
        return StatusResponse.from(applications.verify(body.token(), Senders.of(request)));
    }

    @Access(callers = Access.Kind.PUBLIC)
    @BodyLimit(bytes = SMALL)
    @Operation(operationId = "followApplication", summary = "Ask how an application stands")
    @ApiResponse(responseCode = "200", description = "How it stands.")
    @ApiResponse(responseCode = "410", description = "The token has expired.")
    @PostMapping("/status")
    StatusResponse status(@Valid @RequestBody TokenRequest body) {
        return StatusResponse.from(applications.follow(body.token()));
    }

    @Access(callers = Access.Kind.PUBLIC)
    @BodyLimit(bytes = SMALL)
    @Operation(
            operationId = "checkOrigin",
            summary = "Look for the proof of the site now",
            description =
                    "It is looked for again and again in any case, ever more rarely until the application expires. Once in ten"
                            + " seconds at most.")
    @ApiResponse(responseCode = "200", description = "How the application stands then.")
    @ApiResponse(responseCode = "410", description = "The token has expired.")
    @PostMapping("/checks")
    StatusResponse check(@Valid @RequestBody TokenRequest body, HttpServletRequest request) {
        return StatusResponse.from(applications.check(body.token(), Senders.of(request)));
    }

    @Access(callers = Access.Kind.PUBLIC)
    @BodyLimit(bytes = SMALL)
    @Operation(
            operationId = "withdrawApplication",
            summary = "Give up an application",
            description = "As long as nobody has approved it.")
    @ApiResponse(responseCode = "200", description = "How it stands then.")
    @ApiResponse(responseCode = "410", description = "The token has expired.")
    @PostMapping("/withdrawals")
    StatusResponse withdraw(@Valid @RequestBody TokenRequest body, HttpServletRequest request) {
        return StatusResponse.from(applications.withdraw(body.token(), Senders.of(request)));
    }

    /** What a tenant begins with. */
    @Schema(name = "FirstSecret")
    record FirstSecretResponse(
            @Schema(example = "acme-dental") String tenantId,
            @Schema(example = "site_8f3Kd02LmQpZ7xYw1Ab5") String siteId,

            @Schema(type = "string", description = "Shown this once.", example = "misy_ten_…")
            OneTimeSecret secret) {}

    @Access(callers = Access.Kind.PUBLIC)
    @BodyLimit(bytes = SMALL)
    @Operation(
            operationId = "issueFirstSecret",
            summary = "Issue the first secret of a tenant",
            description = "Uses up the token of the welcome mail's link. Nothing that could be shown exists before.")
    @ApiResponse(responseCode = "200", description = "The tenant with its secret, this once.")
    @ApiResponse(responseCode = "410", description = "The token was used or has expired.")
    @PostMapping("/secrets")
    FirstSecretResponse secret(@Valid @RequestBody TokenRequest body, HttpServletRequest request) {
        var issued = secrets.issue(body.token(), Senders.of(request));
        return new FirstSecretResponse(
                issued.tenantId().value(), issued.siteId().value(), issued.secret());
    }
}
