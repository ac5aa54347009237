package com.misybot.tenancy.tenant.plan;

import com.google.common.hash.Hashing;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Difference;
import com.misybot.tenancy.tenant.Limits;
import com.misybot.tenancy.tenant.PlanTemplate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What tenants get that have it. Immutable; a change answers the plan after it, one version later.
 *
 * @param id its name in keys and in tenants, for good
 * @param terms what it is about
 * @param version grows with every change; its ETag
 * @param createdAt when it was made
 * @param createdBy by whom
 * @param updatedAt when it was last changed
 * @param updatedBy by whom
 */
public record Plan(
        String id,
        Terms terms,
        long version,
        Instant createdAt,
        String createdBy,
        Instant updatedAt,
        String updatedBy) {

    /** The plan of a tenant whose client names none. */
    static final String DEFAULT = "standard";

    /** What of a plan is in the context of its tenants. */
    static final List<String> SERVED = List.of("limits", "permissions");

    /**
     * All that a client may change.
     *
     * @param name for people
     * @param limits what its tenants may use
     * @param permissions what its tenants may do beside their own, sorted
     * @param secretScopes what the secrets of its tenants may do beside the usual, sorted
     * @param template what is set up for new tenants, and for those that move to it
     */
    public record Terms(
            String name,
            Limits limits,
            List<String> permissions,
            List<SecretScope> secretScopes,
            PlanTemplate template) {

        public Terms {
            permissions = permissions.stream().distinct().sorted().toList();
            secretScopes = secretScopes.stream().distinct().sorted().toList();
        }

        /**
         * The fields that differ.
         *
         * @param before null where there was no such plan before
         */
        SortedMap<String, Difference> changedFrom(@Nullable Terms before) {
            var changed = new TreeMap<String, Difference>();
            compare(changed, "name", before == null ? null : before.name, name);
            compare(changed, "limits", before == null ? null : before.limits, limits);
            compare(changed, "permissions", before == null ? null : before.permissions, permissions);
            compare(changed, "secretScopes", before == null ? null : before.secretScopes, secretScopes);
            compare(changed, "template", before == null ? null : told(before.template), told(template));
            return changed;
        }

        /** Names, each with a word for its declaration: schemas are too long to be told. */
        private static List<String> told(PlanTemplate template) {
            return template.collections().stream()
                    .map(one -> one.name() + "#"
                            + Hashing.sha256()
                                    .hashString(one.toString(), StandardCharsets.UTF_8)
                                    .toString()
                                    .substring(0, 8))
                    .toList();
        }

        private static void compare(
                SortedMap<String, Difference> changed, String name, @Nullable Object before, Object after) {
            if (!after.equals(before)) {
                changed.put(name, Difference.of(before, after));
            }
        }
    }

    static Plan first(String id, Terms terms, Cause cause, Instant now) {
        var by = cause.actor().toString();
        return new Plan(id, terms, 1, now, by, now, by);
    }

    Plan with(Terms next, Cause cause, Instant now) {
        return new Plan(
                id, next, version + 1, createdAt, createdBy, now, cause.actor().toString());
    }
}
