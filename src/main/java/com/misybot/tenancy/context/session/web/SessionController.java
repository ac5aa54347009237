package com.misybot.tenancy.context.session.web;

import com.misybot.tenancy.context.session.SessionStarts;
import com.misybot.tenancy.context.session.Sessions;
import com.misybot.tenancy.context.session.StartedSession;
import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.LogContext;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.BodyLimit;
import com.misybot.tenancy.web.ETags;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.RestPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Starting sessions, and asking whose a token is. */
@RestController
@RequestMapping(path = SessionController.PATH, version = RestPaths.VERSION, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Sessions")
class SessionController {

    static final String PATH = RestPaths.API + "/sessions";
    static final String INTROSPECT = "/introspect";

    /** The scope that introspecting takes. */
    static final String INTROSPECTING = "sessions:read";

    /** Of a body with a token; what is longer is none. */
    static final int SHOWN_BYTES = 1_024;

    private final SessionStarts starts;
    private final Sessions sessions;

    SessionController(SessionStarts starts, Sessions sessions) {
        this.starts = starts;
        this.sessions = sessions;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @BodyLimit(bytes = 16 * 1024)
    @Access(
            scope = "sessions:write",
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(
            operationId = "startSession",
            summary = "Start a session",
            description = "On siteId and origin, or on a secret of the tenant. Answers with the token, this once.")
    @ApiResponse(
            responseCode = "201",
            description = "The session with its token.",
            content = @Content(schema = @Schema(implementation = SessionResponse.class)))
    @ApiResponse(responseCode = "501", description = "Redis is not configured.")
    ResponseEntity<SessionResponse> start(@RequestBody StartSessionRequest body, Caller caller) {
        var checked = body.check();
        var started = checked.secret() != null
                ? starts.onSecret(checked.secret(), checked.wanted(), caller.reach())
                : starts.onOrigin(
                        Objects.requireNonNull(checked.site()),
                        Objects.requireNonNull(checked.origin()),
                        checked.wanted(),
                        caller.reach());
        return answer(started);
    }

    private static ResponseEntity<SessionResponse> answer(StartedSession started) {
        var tenant = started.tenant().tenantId();
        LogContext.tenant(tenant);
        var session = SessionResponse.from(started.live(), tenant, started.token());
        return ResponseEntity.created(URI.create(RestPaths.API + "/tenants/" + tenant + "/sessions/" + session.id()))
                .eTag(ETags.of(session.version()))
                .body(session);
    }

    /** What somebody showed. */
    @Schema(name = "IntrospectSession")
    record Shown(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    description = "The text that may be the token of a session.",
                    example = "misy_ses_04wvnQ0pZ5uoNUkxYFT1oG0Az9Zz5q_0123456789abcdefghijklmnopq_000000")
            @Nullable
            String token) {

        @Override
        public String toString() {
            return "Shown[withheld]";
        }
    }

    @PostMapping(path = INTROSPECT, consumes = MediaType.APPLICATION_JSON_VALUE)
    @BodyLimit(bytes = SHOWN_BYTES)
    @Access(
            scope = INTROSPECTING,
            callers = {Access.Kind.OPERATOR, Access.Kind.SERVICE, Access.Kind.TENANT})
    @Operation(
            operationId = "introspectSession",
            summary = "Tell whose session a token opens",
            description =
                    "Begins its idle time anew. Answers active:false and nothing else for whatever opens no live session of an"
                            + " active tenant within reach.")
    @ApiResponse(
            responseCode = "200",
            description = "Whether it opens one, and which.",
            content = @Content(schema = @Schema(implementation = IntrospectionAnswer.class)))
    @ApiResponse(responseCode = "501", description = "Redis is not configured.")
    void introspect(@RequestBody Shown body, Caller caller, HttpServletResponse response) throws IOException {
        if (body.token() == null) {
            throw ProblemException.invalid("/token", FieldError.REQUIRED, "This field is required.");
        }
        var found = sessions.introspect(body.token(), caller.reach());
        if (found != null) {
            LogContext.tenant(found.tenant().tenantId());
        }
        IntrospectionAnswer.write(found, response);
    }
}
