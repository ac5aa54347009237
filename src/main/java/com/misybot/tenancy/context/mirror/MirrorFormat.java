package com.misybot.tenancy.context.mirror;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.misybot.tenancy.kernel.RedisKeys;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.keyring.Keyring;
import com.misybot.tenancy.keyring.MacKey;
import com.misybot.tenancy.tenant.Limits;
import com.misybot.tenancy.tenant.ServedTenant;
import com.misybot.tenancy.tenant.TenantStatus;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a context stands in Redis ({@code docs/redis-contract.md}): a hash with {@code version}, {@code value} (JSON) and
 * {@code mac}, which binds both to the key under a key that is not in Redis. What does not verify is no context.
 */
@Component
public class MirrorFormat {

    /** Fields of the hash, in the order of {@link #read}. */
    static final String[] FIELDS = {"version", "mac", "value"};

    private static final int SCHEMA = 1;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final MacKey key;

    MirrorFormat(Keyring keyring) {
        this.key = keyring.macKey(Keyring.Purpose.CONTEXT);
    }

    /** A context as it is written. */
    record Written(UUID tenant, SiteId site, String version, String mac, String value) {}

    private record Value(
            int schema,
            UUID id,
            String tenantId,
            String siteId,
            TenantStatus status,
            String plan,
            String region,
            List<String> origins,
            List<String> permissions,
            @Nullable String locale,
            @Nullable String timeZone,
            Limits limits,
            Map<String, String> labels,
            long version,
            long sessionEpoch) {}

    Written write(ServedTenant tenant) {
        var value = JSON.writeValueAsString(new Value(
                SCHEMA,
                tenant.id(),
                tenant.tenantId().value(),
                tenant.siteId().value(),
                tenant.status(),
                tenant.plan(),
                tenant.region(),
                tenant.origins(),
                tenant.permissions(),
                tenant.locale(),
                tenant.timeZone(),
                tenant.limits(),
                tenant.labels(),
                tenant.contextVersion(),
                tenant.sessionEpoch()));
        var version = Long.toString(tenant.contextVersion());
        return new Written(tenant.id(), tenant.siteId(), version, mac(tenant.id(), version, value), value);
    }

    /** The context that stands in the hash of this tenant; null where its fields are not what this service wrote there. */
    @Nullable
    ServedTenant read(UUID tenant, String version, String mac, String json) {
        if (!mac(tenant, version, json).equals(mac)) {
            return null;
        }
        try {
            var value = JSON.readValue(json, Value.class);
            var right = value.schema() == SCHEMA
                    && value.id().equals(tenant)
                    && version.equals(Long.toString(value.version()));
            return right ? served(value) : null;
        } catch (JacksonException | IllegalArgumentException _) {
            return null; // of another schema; the MAC was right
        }
    }

    private static ServedTenant served(Value value) {
        return new ServedTenant(
                value.id(),
                new TenantId(value.tenantId()),
                new SiteId(value.siteId()),
                value.status(),
                value.plan(),
                value.region(),
                value.origins(),
                value.permissions(),
                value.locale(),
                value.timeZone(),
                value.limits(),
                value.labels(),
                value.version(),
                value.sessionEpoch());
    }

    private String mac(UUID tenant, String version, String value) {
        var bytes =
                key.mac(RedisKeys.context(tenant).getBytes(US_ASCII), version.getBytes(UTF_8), value.getBytes(UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
