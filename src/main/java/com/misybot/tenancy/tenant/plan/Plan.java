package com.misybot.tenancy.tenant.plan;

import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.tenant.Limits;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

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
     */
    public record Terms(String name, Limits limits, List<String> permissions, List<SecretScope> secretScopes) {

        public Terms {
            permissions = permissions.stream().distinct().sorted().toList();
            secretScopes = secretScopes.stream().distinct().sorted().toList();
        }

        /** Names of the fields that differ. */
        SortedSet<String> changedFrom(Terms before) {
            var changed = new TreeSet<String>();
            if (!name.equals(before.name)) {
                changed.add("name");
            }
            if (!limits.equals(before.limits)) {
                changed.add("limits");
            }
            if (!permissions.equals(before.permissions)) {
                changed.add("permissions");
            }
            if (!secretScopes.equals(before.secretScopes)) {
                changed.add("secretScopes");
            }
            return changed;
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
