package com.misybot.tenancy.security.apikey;

import com.misybot.tenancy.kernel.Difference;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is told of a change to a key, by the names that clients know it by. */
final class ApiKeyDifferences {

    private ApiKeyDifferences() {}

    /** All that a new key is. */
    static SortedMap<String, Difference> whole(ApiKey key) {
        var authority = key.authority();
        var reach = authority.reach();
        var fields = new TreeMap<String, Difference>();
        fields.put("principal", Difference.of(null, key.principal()));
        fields.put("name", Difference.of(null, key.name()));
        fields.put("kind", Difference.of(null, key.kind()));
        fields.put("scopes", Difference.of(null, authority.scopes()));
        fields.put("networks", Difference.of(null, authority.networks()));
        fields.put("audiences", Difference.of(null, authority.audiences()));
        fields.put(
                "reach",
                Difference.of(
                        null,
                        Map.of(
                                "tenants",
                                        reach.tenants().stream()
                                                .map(tenant -> tenant.value())
                                                .sorted()
                                                .toList(),
                                "labels", reach.labels(),
                                "plans", reach.plans(),
                                "regions", reach.regions())));
        if (key.expiresAt() != null) {
            fields.put("expiresAt", Difference.of(null, key.expiresAt()));
        }
        fields.put("secret", Difference.MASKED);
        return fields;
    }

    /** What differs between a key and the same key later. */
    static SortedMap<String, Difference> between(ApiKey before, ApiKey after) {
        var fields = new TreeMap<String, Difference>();
        compare(fields, "expiresAt", before.expiresAt(), after.expiresAt());
        compare(fields, "replacedBy", before.replacedBy(), after.replacedBy());
        compare(fields, "revokedAt", before.revokedAt(), after.revokedAt());
        return fields;
    }

    private static void compare(
            SortedMap<String, Difference> fields, String name, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            fields.put(name, Difference.of(before, after));
        }
    }
}
