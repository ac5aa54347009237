package com.misybot.tenancy.audit;

import com.misybot.tenancy.kernel.CanonicalJson;
import com.misybot.tenancy.kernel.Difference;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * The details of entries, as canonical JSON. Each has salt in it, so that details which were shredded cannot be guessed from the
 * digest that stays.
 */
@Component
class Details {

    private static final int SALT_BYTES = 16;

    private final SecureRandom random;

    Details(SecureRandom random) {
        this.random = random;
    }

    /** {@code {"fields":{"status":{"after":…,"before":…}},"salt":"…"}}; a masked field is {@code {"masked":true}}. */
    String of(SortedMap<String, Difference> fields) {
        var text = new StringBuilder("{\"fields\":{");
        var separator = "";
        for (var field : fields.entrySet()) {
            text.append(separator)
                    .append(CanonicalJson.of(field.getKey()))
                    .append(':')
                    .append(difference(field.getValue()));
            separator = ",";
        }
        return text.append("},\"salt\":\"").append(salt()).append("\"}").toString();
    }

    /** What else there is to say. */
    String telling(Map<String, ?> members) {
        var all = new TreeMap<String, Object>(members);
        all.put("salt", salt());
        return CanonicalJson.of(all);
    }

    private static String difference(Difference difference) {
        return difference.masked()
                ? "{\"masked\":true}"
                : "{\"after\":" + difference.after() + ",\"before\":" + difference.before() + "}";
    }

    private String salt() {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }
}
