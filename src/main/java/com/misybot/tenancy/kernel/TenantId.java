package com.misybot.tenancy.kernel;

import java.util.regex.Pattern;

/**
 * The business key of a tenant, a slug such as {@code acme-dental}: 2 to 63 characters of {@code [a-z0-9]} with single inner
 * hyphens. It is immutable; keys and foreign keys use the tenant's UUID instead.
 *
 * @param value the slug
 */
public record TenantId(String value) implements Comparable<TenantId> {

    /** What a slug looks like; its length is bounded by {@link #MIN_LENGTH} and {@link #MAX_LENGTH}. */
    public static final String PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$";

    public static final int MIN_LENGTH = 2;
    public static final int MAX_LENGTH = 63;

    private static final Pattern SLUG = Pattern.compile(PATTERN);

    /** Refuses anything but a slug with {@link InvalidValue}, code {@code format}. */
    public TenantId {
        if (value.length() < MIN_LENGTH
                || value.length() > MAX_LENGTH
                || !SLUG.matcher(value).matches()) {
            throw new InvalidValue(
                    "format", "A tenantId has 2 to 63 characters: a-z and 0-9 with single hyphens between them.");
        }
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
