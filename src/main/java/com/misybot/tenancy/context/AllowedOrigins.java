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
        if (origin.isEmpty() || lines.isEmpty()) {
            return null;
        }
        if (isListed(origin)) {
            return origin;
        }
        try {
            var page = Origin.of(origin, true);
            return lines.lines()
                    .filter(line -> !line.isEmpty())
                    .filter(line -> Origin.of(line, true).matches(page))
                    .findFirst()
                    .orElse(null);
        } catch (InvalidValue _) {
            return null;
        }
    }

    /** A wildcard in the list is no page's origin, and so is a text that would match across lines. */
    private boolean isListed(String origin) {
        var length = origin.length();
        for (var at = lines.indexOf(origin); at >= 0; at = lines.indexOf(origin, at + 1)) {
            if (lines.charAt(at - 1) == '\n' && lines.charAt(at + length) == '\n') {
                return origin.indexOf('*') < 0 && origin.indexOf('\n') < 0;
            }
        }
        return false;
    }
}
