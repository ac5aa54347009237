package com.misybot.tenancy.context;

import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.kernel.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The origins whose pages may talk for a tenant, in one text: 100,000 tenants have theirs in memory. An empty list means nobody.
 *
 * @param lines each origin in its canonical form, with a line break before and after it
 */
record AllowedOrigins(String lines) {

    static AllowedOrigins of(List<String> origins) {
        return new AllowedOrigins(origins.isEmpty() ? "" : '\n' + String.join("\n", origins) + '\n');
    }

    /** Whether a page of this origin may talk for the tenant; every spelling that is none of an origin is denied. */
    boolean allow(String origin) {
        return rule(origin) != null;
    }

    /** The allowed origin that a page's origin falls under; null where there is none. */
    @Nullable
    String rule(String origin) {
        if (lines.isEmpty() || origin.isEmpty() || origin.indexOf('*') >= 0) {
            return null; // a wildcard is no page's origin
        }
        if (isListed(origin)) {
            return origin;
        }
        try {
            var page = Origin.of(origin, true).toString();
            if (isListed(page)) {
                return page;
            }
            var wildcard = wildcard(page);
            return wildcard != null && isListed(wildcard) ? wildcard : null;
        } catch (InvalidValue _) {
            return null;
        }
    }

    /** The only wildcard that a page with this canonical origin can fall under: its first label is the one that matched. */
    private static @Nullable String wildcard(String page) {
        var host = page.indexOf("://") + 3;
        var dot = page.indexOf('.', host);
        return dot < 0 ? null : page.substring(0, host) + '*' + page.substring(dot);
    }

    /** Whether this text is one whole line. */
    private boolean isListed(String origin) {
        if (origin.indexOf('\n') >= 0) {
            return false;
        }
        var length = origin.length();
        for (var at = lines.indexOf(origin); at >= 0; at = lines.indexOf(origin, at + 1)) {
            if (lines.charAt(at - 1) == '\n' && lines.charAt(at + length) == '\n') {
                return true;
            }
        }
        return false;
    }
}
