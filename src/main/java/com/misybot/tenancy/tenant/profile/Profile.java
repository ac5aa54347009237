package com.misybot.tenancy.tenant.profile;

import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.kernel.RecordFields;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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

    private static final Set<String> PERSONAL = Set.of("business.contactName", "business.email", "business.phone");

    public Profile {
        allowedOrigins = List.copyOf(allowedOrigins);
        permissions = List.copyOf(permissions);
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** The same with another plan. */
    public Profile withPlan(String next) {
        return new Profile(
                externalId, business, next, region, allowedOrigins, permissions, labels, settings, activeUntil);
    }

    /**
     * The fields that differ, those of the business as {@code business.name}. Who the contact is and how to reach it is not told.
     *
     * @param before null where there was no profile before
     */
    public SortedMap<String, Difference> changedFrom(@Nullable Profile before) {
        var changed = new TreeMap<String, Difference>();
        addChanged(changed, "", before, this);
        if (changed.remove("business") != null) {
            addChanged(changed, "business.", before == null ? null : before.business, business);
        }
        if (changed.containsKey("settings")) {
            changed.put("settings", Difference.ofJson(before == null ? null : before.settings, settings));
        }
        return changed;
    }

    private static <R extends Record> void addChanged(
            SortedMap<String, Difference> changed, String prefix, @Nullable R before, R after) {
        var were = before == null ? Map.<String, @Nullable Object>of() : RecordFields.of(before);
        RecordFields.of(after).forEach((field, is) -> {
            var was = were.get(field);
            if (!Objects.equals(was, is)) {
                var name = prefix + field;
                changed.put(name, PERSONAL.contains(name) ? Difference.MASKED : Difference.of(was, is));
            }
        });
    }
}
