package com.misybot.tenancy.context.session.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.context.TenantContext;
import com.misybot.tenancy.context.session.Assurance;
import com.misybot.tenancy.context.session.Sessions;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answer to an introspection, for the document. It is written by {@link #write}, since the context is there as bytes and the
 * attributes as text.
 */
@Schema(name = "SessionIntrospection", requiredProperties = "active", example = """
        {"active":true,"id":"0Az9Zz5q","tenantId":"acme-dental","assurance":"origin","subject":"visitor-81",\
        "attributes":{"locale":"de"},"createdAt":"2026-11-23T14:35:49.145Z","expiresAt":"2026-11-23T14:55:49.145Z",\
        "endsAt":"2026-11-23T22:35:49.145Z"}""")
@JsonInclude(JsonInclude.Include.NON_NULL)
record IntrospectionAnswer(
        @Schema(description = "Whether the token opens a live session; where not, nothing else is said.")
        boolean active,

        @Schema(maxLength = 8) @Nullable String id,
        @Schema(maxLength = 63) @Nullable String tenantId,
        @Nullable Assurance assurance,
        @Schema(maxLength = 256) @Nullable String subject,

        @Schema(types = "object", description = "Free JSON.") @Nullable
        JsonNode attributes,

        @Nullable Instant createdAt,

        @Schema(description = "When it ends if it is not used again.") @Nullable
        Instant expiresAt,

        @Schema(description = "When it ends however much it is used.") @Nullable
        Instant endsAt,

        @Schema(description = "What resolving a site of the tenant answers.") @Nullable
        TenantContext context) {

    private static final byte[] INACTIVE = "{\"active\":false}".getBytes(UTF_8);
    private static final JsonMapper JSON = JsonMapper.shared();

    static void write(Sessions.@Nullable Introspected found, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        var out = response.getOutputStream();
        if (found == null) {
            response.setContentLength(INACTIVE.length);
            out.write(INACTIVE);
            return;
        }
        var head = head(found).getBytes(UTF_8);
        var context = found.tenant().rendered();
        response.setContentLength(head.length + context.length() + 1);
        out.write(head);
        context.writeTo(out);
        out.write('}');
    }

    /** All but the context; ids, slugs and instants need no escaping. */
    private static String head(Sessions.Introspected found) {
        var session = found.live().session();
        var head = new StringBuilder(512)
                .append("{\"active\":true,\"id\":\"")
                .append(session.id())
                .append("\",\"tenantId\":\"")
                .append(found.tenant().tenantId())
                .append("\",\"assurance\":")
                .append(JSON.writeValueAsString(session.assurance()));
        if (session.subject() != null) {
            head.append(",\"subject\":").append(JSON.writeValueAsString(session.subject()));
        }
        return head.append(",\"attributes\":")
                .append(session.attributes())
                .append(",\"createdAt\":\"")
                .append(session.createdAt())
                .append("\",\"expiresAt\":\"")
                .append(found.live().expiresAt())
                .append("\",\"endsAt\":\"")
                .append(session.endsAt())
                .append("\",\"context\":")
                .toString();
    }
}
