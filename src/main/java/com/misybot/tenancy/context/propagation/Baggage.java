package com.misybot.tenancy.context.propagation;

import com.misybot.tenancy.web.PercentEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The member of W3C <a href="https://www.w3.org/TR/baggage/">baggage</a> that names the tenant: {@code misy.tenant=<uuid>}. Members
 * of others are left as they are.
 */
final class Baggage {

    /** The header. */
    static final String HEADER = "baggage";

    private static final String MEMBER = "misy.tenant";

    private Baggage() {}

    /** The member for this tenant; a UUID needs no percent-encoding. */
    static String member(UUID tenant) {
        return MEMBER + "=" + tenant;
    }

    /** What members of ours in these headers say, decoded and without their properties; empty text for what cannot be decoded. */
    static List<String> tenants(Iterable<String> headers) {
        var values = new ArrayList<String>();
        for (var member : members(headers)) {
            if (isOurs(member)) {
                var value = member.substring(member.indexOf('=') + 1)
                        .split(";", 2)[0]
                        .strip();
                var decoded = PercentEncoding.decode(value);
                values.add(decoded == null ? "" : decoded);
            }
        }
        return values;
    }

    /** The members of these headers that are not ours. */
    static List<String> others(Iterable<String> headers) {
        var others = members(headers);
        others.removeIf(Baggage::isOurs);
        return others;
    }

    private static List<String> members(Iterable<String> headers) {
        var members = new ArrayList<String>();
        for (var header : headers) {
            for (var member : header.split(",", -1)) {
                if (!member.isBlank()) {
                    members.add(member.strip());
                }
            }
        }
        return members;
    }

    /** In any spelling: what another service may take for ours is not sent on. */
    private static boolean isOurs(String member) {
        var key = member.split("[=;]", 2)[0].strip();
        return key.equalsIgnoreCase(MEMBER);
    }
}
