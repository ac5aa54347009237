package com.misybot.tenancy.tenant.profile;

import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * All of a tenant that a client may set after its creation; replacing a tenant replaces all of it. Every text is canonical,
 * as the value type of its field makes it.
 *
 * @param externalId name in an older system, as the client wrote it
 * @param business who it is
 * @param plan what it gets
 * @param region where its data lives
 * @param allowedOrigins which pages may talk for it, in the client's order without repetitions
 * @param permissions of the configured catalogue, sorted
 * @param labels the platform's own words about it
 * @param settings a JSON object
 * @param activeUntil when it is suspended by itself
 */
@Embeddable
public record Profile(
        @Nullable String externalId,
        Business business,
        String plan,
        String region,
        @JdbcTypeCode(SqlTypes.ARRAY) List<String> allowedOrigins,
        @JdbcTypeCode(SqlTypes.ARRAY) List<String> permissions,
        @JdbcTypeCode(SqlTypes.JSON) Map<String, String> labels,
        String settings,
        @Nullable Instant activeUntil) {

    public Profile {
        allowedOrigins = List.copyOf(allowedOrigins);
        permissions = List.copyOf(permissions);
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** Names of the fields that differ, those of the business as {@code business.name}. */
    public SortedSet<String> changedFrom(Profile before) {
        var changed = new TreeSet<String>();
        addChanged(changed, "", before, this, Profile.class);
        if (changed.remove("business")) {
            addChanged(changed, "business.", before.business, business, Business.class);
        }
        return changed;
    }

    private static <R extends Record> void addChanged(
            SortedSet<String> changed, String prefix, R before, R after, Class<R> type) {
        for (var component : type.getRecordComponents()) {
            try {
                var accessor = component.getAccessor();
                if (!java.util.Objects.equals(accessor.invoke(before), accessor.invoke(after))) {
                    changed.add(prefix + component.getName());
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("A record's accessor is always there", e);
            }
        }
    }
}
