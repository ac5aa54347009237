package com.misybot.tenancy.context.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.misybot.tenancy.kernel.RedisKeys;
import com.misybot.tenancy.keyring.Keyring;
import com.misybot.tenancy.keyring.MacKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a session stands in Redis ({@code docs/redis-contract.md}): a hash with {@code version}, {@code value} (JSON) and
 * {@code mac}, which binds both to the key under a key that is not in Redis. What does not verify is no session.
 */
@Component
class SessionFormat {

    /** Fields of the hash, in the order of {@link #read}. */
    static final String[] FIELDS = {"version", "mac", "value"};

    private static final int SCHEMA = 1;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final MacKey key;

    SessionFormat(Keyring keyring) {
        this.key = keyring.macKey(Keyring.Purpose.SESSION);
    }

    /** A session as it is written. */
    record Written(String version, String mac, String value) {}

    /** Times in milliseconds, instants since 1970. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Value(
            int schema,
            UUID tenant,
            String id,
            long version,
            String hash,
            Assurance assurance,
            @Nullable String secretId,
            @Nullable String subject,
            String attributes,
            long epoch,
            long createdAt,
            long idle,
            long endsAt,
            String client) {}

    Written write(Session session) {
        var value = JSON.writeValueAsString(new Value(
                SCHEMA,
                session.tenant(),
                session.id(),
                session.version(),
                session.hash(),
                session.assurance(),
                session.secretId(),
                session.subject(),
                session.attributes(),
                session.epoch(),
                session.createdAt().toEpochMilli(),
                session.idle().toMillis(),
                session.endsAt().toEpochMilli(),
                session.client()));
        var version = Long.toString(session.version());
        var mac = key.mac(parts(session.tenant(), session.id(), version, value));
        return new Written(version, Base64.getUrlEncoder().withoutPadding().encodeToString(mac), value);
    }

    /** The session that stands under this id; null where its fields are not what this service wrote there. */
    @Nullable
    Session read(UUID tenant, String id, String version, String mac, String json) {
        try {
            if (!key.verify(Base64.getUrlDecoder().decode(mac), parts(tenant, id, version, json))) {
                return null;
            }
            var value = JSON.readValue(json, Value.class);
            var right = value.schema() == SCHEMA
                    && value.tenant().equals(tenant)
                    && value.id().equals(id)
                    && version.equals(Long.toString(value.version()));
            return right ? session(value) : null;
        } catch (JacksonException | IllegalArgumentException _) {
            return null; // no base64, or of another schema
        }
    }

    private static Session session(Value value) {
        return new Session(
                value.tenant(),
                value.id(),
                value.version(),
                value.hash(),
                value.assurance(),
                value.secretId(),
                value.subject(),
                value.attributes(),
                value.epoch(),
                Instant.ofEpochMilli(value.createdAt()),
                Duration.ofMillis(value.idle()),
                Instant.ofEpochMilli(value.endsAt()),
                value.client());
    }

    private static byte[][] parts(UUID tenant, String id, String version, String value) {
        return new byte[][] {
            RedisKeys.session(tenant, id).getBytes(UTF_8), version.getBytes(UTF_8), value.getBytes(UTF_8)
        };
    }
}
