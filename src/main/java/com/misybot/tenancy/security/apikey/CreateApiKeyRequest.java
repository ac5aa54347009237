package com.misybot.tenancy.security.apikey;

import com.misybot.tenancy.kernel.Audience;
import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.security.access.AccessScope;
import com.misybot.tenancy.security.access.Authority;
import com.misybot.tenancy.security.access.Network;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a new API key shall be. */
record CreateApiKeyRequest(
        @NotBlank @Size(max = 200) @Schema(description = "For people.", example = "Anna, operations")
        String name,

        @NotNull @Schema(description = "Whose key it is.") ApiKey.Kind kind,

        @Nullable
        @Size(min = 2, max = 64)
        @Pattern(regexp = "^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$")
        @Schema(
                description =
                        "Who will act with it, as records will name it. Drawn where it is left out; never given twice.",
                example = "ops-anna")
        String principal,

        @NotEmpty @Schema(description = "What it may do; only scopes that the caller has itself.")
        Set<@NotNull AccessScope> scopes,

        @Nullable @Valid @Schema(description = "The tenants it may see at all; every tenant where it is left out.")
        ReachRequest reach,

        @Nullable
        @Size(max = 50)
        @Schema(
                description = "Networks it may come from (CIDR, IPv4 or IPv6); from anywhere where it is left out.",
                example = "[\"10.0.0.0/8\"]")
        List<@NotNull String> networks,

        @Nullable
        @Size(max = Audience.MOST)
        @Schema(
                description =
                        "Audiences it may ask signed contexts for, URIs or words; `*` is any. None where it is left out;"
                                + " only those that the caller may ask for itself.",
                example = "[\"https://chat.misybot.com\"]")
        List<@NotNull String> audiences,

        @Nullable
        @Schema(
                description = "From when on it is refused; never where it is left out.",
                example = "2027-01-01T00:00:00Z")
        Instant expiresAt,

        @Nullable @Schema(description = "Why, in the caller's words.")
        String reason,

        @Nullable @Schema(description = "The caller's reference.")
        String ticket) {

    /** The tenants a key may see. A dimension left out does not limit; every one given must match. */
    @Schema(name = "ApiKeyReachRequest")
    record ReachRequest(
            @Nullable @Size(max = 1000) @Schema(description = "tenantIds", example = "[\"acme-dental\"]")
            List<@NotNull String> tenants,

            @Nullable
            @Size(max = 64)
            @Schema(description = "Labels a tenant must carry, all of them.", example = "{\"tier\":\"vip\"}")
            Map<@Size(min = 1, max = 200) String, @NotNull @Size(max = 200) String> labels,

            @Nullable @Size(max = 100) List<@NotBlank @Size(max = 64) String> plans,
            @Nullable @Size(max = 100) List<@NotBlank @Size(max = 64) String> regions) {

        Reach toReach(List<FieldError> errors) {
            return new Reach(
                    Set.copyOf(read(tenants, "/reach/tenants", TenantId::new, errors)),
                    labels == null ? Map.of() : labels,
                    plans == null ? Set.of() : Set.copyOf(plans),
                    regions == null ? Set.of() : Set.copyOf(regions));
        }
    }

    ApiKeys.Wanted toWanted() {
        var errors = new ArrayList<FieldError>();
        var within = reach == null ? Reach.all() : reach.toReach(errors);
        var from = read(networks, "/networks", Network::parse, errors);
        var asked = read(audiences, "/audiences", Audience::requireListed, errors);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        var end = expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS);
        return new ApiKeys.Wanted(principal, name, kind, new Authority(scopes, within, from, Set.copyOf(asked)), end);
    }

    private static <T> List<T> read(
            @Nullable List<String> texts, String pointer, Function<String, T> read, List<FieldError> errors) {
        var values = new ArrayList<T>();
        for (var i = 0; texts != null && i < texts.size(); i++) {
            try {
                values.add(read.apply(texts.get(i)));
            } catch (InvalidValue e) {
                errors.add(new FieldError(pointer + "/" + i, e.code(), String.valueOf(e.getMessage())));
            }
        }
        return values.stream().distinct().toList();
    }
}
