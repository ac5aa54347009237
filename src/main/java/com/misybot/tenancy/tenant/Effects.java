package com.misybot.tenancy.tenant;

import com.misybot.tenancy.kernel.Difference;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a state does to what a tenant has. {@link TenantStatus#effects} has the one table; who resolves, verifies and introspects reads the
 * state itself and the epoch of sessions, and keeps to this.
 *
 * @param sites what a platform service gets that resolves one of its sites
 * @param secrets what becomes of its secrets
 * @param sessions what becomes of its sessions
 */
public record Effects(Sites sites, Secrets secrets, Sessions sessions) {

    /** What a platform service gets. */
    public enum Sites {
        /** The context of the tenant. */
        SERVED,
        /** 403, and why. */
        REFUSED,
        /** 404, as if there were no such site. */
        UNKNOWN
    }

    /** What becomes of secrets. */
    public enum Secrets {
        ACCEPTED,
        /** 401; accepted again once the tenant is active. */
        REFUSED,
        GONE
    }

    /** What becomes of sessions. */
    public enum Sessions {
        /** They can be started; those that ended before stay ended. */
        LIVE,
        /** Those there were are ended for good, and none can be started. */
        ENDED,
        /** None can be started, and there were none. */
        NONE,
        GONE
    }

    /** The parts that differ, by the names that clients know them by. */
    Map<String, Difference> changedFrom(Effects before) {
        var changed = new TreeMap<String, Difference>();
        if (sites != before.sites) {
            changed.put("sites", Difference.of(before.sites, sites));
        }
        if (secrets != before.secrets) {
            changed.put("secrets", Difference.of(before.secrets, secrets));
        }
        if (sessions != before.sessions) {
            changed.put("sessions", Difference.of(before.sessions, sessions));
        }
        return changed;
    }
}
