package com.misybot.tenancy.onboarding;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which applications are wanted; what is empty or null wants any.
 *
 * @param states in which they are
 * @param host of the origin that is proven
 * @param tenantId the slug they want, or have
 */
public record ApplicationFilter(
        Set<ApplicationState> states,
        @Nullable String host,
        @Nullable String tenantId) {

    public ApplicationFilter {
        states = Set.copyOf(states);
    }

    static final String CONDITION = """
             (cardinality(:states::text[]) = 0 or state = any (:states::text[]))
             and (:host::text is null or host = :host)
             and (:tenantId::text is null or tenant_id = :tenantId or (tenant_id is null and tenant_id_wanted = :tenantId))
            """;

    Map<String, @Nullable Object> parameters() {
        var parameters = new TreeMap<String, @Nullable Object>();
        parameters.put("states", states.stream().map(Enum::name).sorted().toArray(String[]::new));
        parameters.put("host", host);
        parameters.put("tenantId", tenantId);
        return parameters;
    }

    /** What tells it from another one, for page tokens. */
    @Override
    public String toString() {
        return states.stream().sorted().toList() + " " + host + " " + tenantId;
    }
}
