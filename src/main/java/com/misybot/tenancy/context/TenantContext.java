package com.misybot.tenancy.context;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.tenant.Limits;
import com.misybot.tenancy.tenant.TenantStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a platform service needs to know about a tenant to serve one request.
 *
 * @param id the tenant's UUID, which never changes
 * @param tenantId its slug
 * @param siteId its public key
 * @param status where it is in its life; who is resolved is ACTIVE
 * @param version raised by every change to anything in here
 * @param plan what it pays for
 * @param region where its data lives
 * @param permissions its own and its plan's, sorted
 * @param locale its language tag
 * @param timeZone its IANA time zone
 * @param limits what it may use
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        requiredProperties = {"id", "tenantId", "siteId", "status", "version", "plan", "region", "permissions", "limits"
        },
        example = """
        {"id":"01a208d5-a61a-7335-9d2a-e42fa81105b8","tenantId":"acme-dental","siteId":"site_Hg8yLeu1nv4Stk0suZEL",\
        "status":"ACTIVE","version":3,"plan":"standard","region":"eu-central","permissions":["chat.reply"],"locale":"de-DE",\
        "timeZone":"Europe/Berlin","limits":{"resolvesPerSecond":200,"introspectionsPerSecond":400,\
        "verificationsPerSecond":100,"sessionStartsPerMinute":30,"sessions":10000,"origins":50,"sessionIdle":"PT30M",\
        "sessionLifetime":"PT24H","collections":20,"documents":100000,"documentBytes":1000000000}}""")
public record TenantContext(
        UUID id,
        String tenantId,
        String siteId,
        TenantStatus status,
        long version,
        String plan,
        String region,
        List<String> permissions,
        @Nullable String locale,
        @Nullable String timeZone,
        Limits limits) {
    /** What a signed context says of it beside the claims of the token itself: all but id and version. */
    public Map<String, @Nullable Object> claims() {
        var claims = new LinkedHashMap<String, @Nullable Object>();
        claims.put("tenantId", tenantId);
        claims.put("siteId", siteId);
        claims.put("status", status);
        claims.put("plan", plan);
        claims.put("region", region);
        claims.put("permissions", permissions);
        if (locale != null) {
            claims.put("locale", locale);
        }
        if (timeZone != null) {
            claims.put("timeZone", timeZone);
        }
        claims.put("limits", limits);
        return claims;
    }
}
