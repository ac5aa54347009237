package com.misybot.tenancy.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/**
 * Every key of this service in Redis, built here and nowhere else. What belongs to a tenant begins with {@code t:{<uuid>}:}; the
 * braces are a hash tag, so that all of it sits on one slot of a Redis Cluster.
 */
public final class RedisKeys {

    /** The channel on which changed contexts are told: {@code <uuid>:<version>}. */
    public static final String CHANGED = "tenancy:changed";

    /** Present while every tenant is known to be mirrored. */
    public static final String MIRROR = "tenancy:mirror";

    private static final String SAFE = "-_.";

    private RedisKeys() {}

    /** The mirrored context of a tenant. */
    public static String context(UUID tenant) {
        return prefix(tenant) + "context";
    }

    /** One session. */
    public static String session(UUID tenant, String id) {
        return prefix(tenant) + "session:" + encoded(id);
    }

    /** The index of the sessions that began in this epoch. */
    public static String sessions(UUID tenant, long epoch) {
        return prefix(tenant) + "sessions:" + epoch;
    }

    /** What is left of a limit. */
    public static String limit(UUID tenant, String name) {
        return prefix(tenant) + "limit:" + encoded(name);
    }

    /** That somebody was told lately that a count comes near its limit. */
    public static String quotaNotice(UUID tenant, String limit) {
        return prefix(tenant) + "notice:" + encoded(limit);
    }

    /** What is left of the rate of a caller; a hash tag of its own, so that callers spread over a Redis Cluster. */
    public static String callerRate(Actor caller) {
        return "caller:{" + encoded(caller.toString()) + "}:rate";
    }

    /** Which tenant a site belongs to. */
    public static String site(SiteId site) {
        return "site:" + site.value();
    }

    /** How every key and channel begins that platform services use for a tenant. None of this service's own begins so. */
    public static String ofServices(UUID tenant) {
        return prefix(tenant) + "app:";
    }

    /** How every key of a tenant begins. */
    public static String prefix(UUID tenant) {
        return "t:{" + tenant + "}:";
    }

    /** Leaves ASCII letters, digits and {@code - _ .} as they are; every other byte of the UTF-8 form becomes {@code %XX}. */
    static String encoded(String id) {
        var key = new StringBuilder(id.length());
        for (var value : id.getBytes(UTF_8)) {
            var c = (char) (value & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || SAFE.indexOf(c) >= 0)) {
                key.append(c);
            } else {
                key.append(String.format("%%%02X", (int) c));
            }
        }
        return key.toString();
    }
}
