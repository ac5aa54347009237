package com.misybot.tenancy.keyring;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;

/**
 * The key id of what belongs to one tenant: 22 base-62 digits of its UUID and 8 of the record. A look-up so knows whose scope to
 * enter without a global index; it is a claim until the hash has matched.
 *
 * @param tenant the UUID it claims
 * @param record 8 base-62 digits (47 bits), unique within the tenant
 */
public record TenantKeyId(UUID tenant, String record) {

    private static final int TENANT_LENGTH = 22;
    private static final int RECORD_LENGTH = 8;
    private static final int LENGTH = TENANT_LENGTH + RECORD_LENGTH;

    /** Refuses a record that has not 8 base-62 digits. */
    public TenantKeyId {
        if (!isRecord(record)) {
            throw new IllegalArgumentException("A record of a tenant has " + RECORD_LENGTH + " base-62 digits");
        }
    }

    /** Draws a record for a tenant. */
    public static TenantKeyId issue(UUID tenant, SecureRandom random) {
        return new TenantKeyId(tenant, Base62.random(random, RECORD_LENGTH));
    }

    /** Reads a key id; empty where it has not the form, or its first digits are more than 128 bits. */
    public static Optional<TenantKeyId> parse(String text) {
        if (text.length() != LENGTH || !Base62.isDigits(text, 0, LENGTH)) {
            return Optional.empty();
        }
        var number = Base62.decode(text.substring(0, TENANT_LENGTH));
        if (number.bitLength() > 2 * Long.SIZE) {
            return Optional.empty();
        }
        var tenant = new UUID(number.shiftRight(Long.SIZE).longValue(), number.longValue());
        return Optional.of(new TenantKeyId(tenant, text.substring(TENANT_LENGTH)));
    }

    /** Whether a text has the form of a record. */
    public static boolean isRecord(String text) {
        return text.length() == RECORD_LENGTH && Base62.isDigits(text, 0, RECORD_LENGTH);
    }

    /** All 30 digits, as {@link Token#issue} wants them. */
    public String text() {
        var bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(tenant.getMostSignificantBits())
                .putLong(tenant.getLeastSignificantBits())
                .array();
        return Base62.encode(bytes, TENANT_LENGTH) + record;
    }

    @Override
    public String toString() {
        return text();
    }
}
