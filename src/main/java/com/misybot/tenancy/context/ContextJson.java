package com.misybot.tenancy.context;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.misybot.tenancy.tenant.Limits;
import com.misybot.tenancy.tenant.ServedTenant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Renders {@link TenantContext} as JSON in two parts, of which the second is shared and rendered once. */
@Component
class ContextJson {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int KINDS = 10_000;

    private record Key(
            String plan,
            String region,
            List<String> permissions,
            @Nullable String locale,
            @Nullable String timeZone,
            Limits limits) {}

    private final Cache<Key, KnownTenant.Shared> shared =
            Caffeine.newBuilder().maximumSize(KINDS).build();
    private final Cache<Map<String, String>, Map<String, String>> labels =
            Caffeine.newBuilder().maximumSize(KINDS).build();

    /** The same labels, in memory once however many tenants have them. */
    Map<String, String> labels(ServedTenant tenant) {
        return labels.get(tenant.labels(), same -> same);
    }

    /** The beginning of the answer, from the opening brace to the last member before those that are shared. */
    static JsonPart own(KnownTenant tenant) {
        // slugs, siteIds and states need no escaping
        return new JsonPart(("{\"id\":\"" + tenant.id() + "\",\"tenantId\":\"" + tenant.tenantId() + "\",\"siteId\":\""
                        + tenant.siteId() + "\",\"status\":\"" + tenant.status() + "\",\"version\":"
                        + tenant.version() + ",")
                .getBytes(ISO_8859_1));
    }

    KnownTenant.Shared shared(ServedTenant tenant) {
        var key = new Key(
                tenant.plan(),
                tenant.region(),
                tenant.permissions(),
                tenant.locale(),
                tenant.timeZone(),
                tenant.limits());
        return shared.get(key, ContextJson::render);
    }

    private static KnownTenant.Shared render(Key key) {
        var object = JSON.createObjectNode();
        object.put("plan", key.plan());
        object.put("region", key.region());
        object.set("permissions", JSON.valueToTree(key.permissions()));
        if (key.locale() != null) {
            object.put("locale", key.locale());
        }
        if (key.timeZone() != null) {
            object.put("timeZone", key.timeZone());
        }
        object.set("limits", JSON.valueToTree(key.limits()));
        var bytes = JSON.writeValueAsBytes(object);
        return new KnownTenant.Shared(
                key.plan(),
                key.region(),
                key.permissions(),
                key.locale(),
                key.timeZone(),
                key.limits(),
                new JsonPart(Arrays.copyOfRange(bytes, 1, bytes.length)));
    }
}
