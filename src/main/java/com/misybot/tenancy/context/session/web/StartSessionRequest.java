package com.misybot.tenancy.context.session.web;

import com.misybot.tenancy.context.session.SessionStarts;
import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A session to start: on siteId and origin, or on a secret. */
@Schema(name = "StartSession", example = """
        {"siteId":"site_Hg8yLeu1nv4Stk0suZEL","origin":"https://www.acme-dental.example","subject":"visitor-81",\
        "attributes":{"locale":"de"},"idle":"PT20M","lifetime":"PT8H","clientAddress":"203.0.113.7"}""")
record StartSessionRequest(
        @Schema(description = "The public key that the widget carries; with origin.", maxLength = 64) @Nullable
        String siteId,

        @Schema(description = "The origin of the page; with siteId.", maxLength = 300) @Nullable
        String origin,

        @Schema(description = "A secret of the tenant, instead of siteId and origin.", maxLength = 100) @Nullable
        String secret,

        @Schema(description = "Who the session is about, in the caller's words.", minLength = 1, maxLength = 256)
        @Nullable
        String subject,

        @Schema(types = "object", description = "Free JSON up to 4 KB.", maxProperties = 1000) @Nullable
        JsonNode attributes,

        @Schema(
                type = "string",
                description =
                        "How long it lives without use, from PT1S to the tenant's sessionIdle, which is the default.",
                example = "PT20M",
                maxLength = 40)
        @Nullable
        Duration idle,

        @Schema(
                type = "string",
                description =
                        "How long it lives at most, from PT1S to the tenant's sessionLifetime, which is the default.",
                example = "PT8H",
                maxLength = 40)
        @Nullable
        Duration lifetime,

        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                description = "The IPv4 or IPv6 address of the client; a hash of it is kept.",
                example = "203.0.113.7",
                maxLength = 45)
        @Nullable
        String clientAddress) {

    private static final InetAddress NOBODY = InetAddress.getLoopbackAddress();

    /** A request of which everything is good. */
    record Checked(
            @Nullable SiteId site,
            @Nullable String origin,
            @Nullable String secret,
            SessionStarts.Wanted wanted) {}

    Checked check() {
        var errors = new ArrayList<FieldError>();
        checkGround(errors);
        var site = siteId == null ? null : site(siteId, errors);
        var content = SessionText.content(subject, attributes, errors);
        checkTime("/idle", idle, errors);
        checkTime("/lifetime", lifetime, errors);
        var client = client(errors);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new Checked(site, origin, secret, new SessionStarts.Wanted(content, idle, lifetime, client));
    }

    private void checkGround(List<FieldError> errors) {
        if (secret != null) {
            if (siteId != null || origin != null) {
                errors.add(new FieldError("/secret", "ambiguous", "Give siteId and origin, or secret, not both."));
            }
            return;
        }
        if (siteId == null) {
            errors.add(new FieldError("/siteId", FieldError.REQUIRED, "Give siteId and origin, or secret."));
        }
        if (origin == null) {
            errors.add(new FieldError("/origin", FieldError.REQUIRED, "Give siteId and origin, or secret."));
        }
    }

    private static @Nullable SiteId site(String text, List<FieldError> errors) {
        try {
            return new SiteId(text);
        } catch (InvalidValue e) {
            errors.add(new FieldError("/siteId", e.code(), String.valueOf(e.getMessage())));
            return null;
        }
    }

    private static void checkTime(String pointer, @Nullable Duration time, List<FieldError> errors) {
        if (time != null && time.isZero()) {
            errors.add(new FieldError(pointer, FieldError.RANGE, "Give at least PT1S."));
        }
    }

    private InetAddress client(List<FieldError> errors) {
        if (clientAddress == null) {
            errors.add(new FieldError("/clientAddress", FieldError.REQUIRED, "This field is required."));
            return NOBODY;
        }
        try {
            return SessionStarts.Wanted.address(clientAddress);
        } catch (InvalidValue e) {
            errors.add(new FieldError("/clientAddress", e.code(), String.valueOf(e.getMessage())));
            return NOBODY;
        }
    }

    @Override
    public String toString() {
        return "StartSessionRequest[withheld]";
    }
}
