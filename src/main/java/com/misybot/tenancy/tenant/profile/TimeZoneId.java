package com.misybot.tenancy.tenant.profile;

import com.ibm.icu.util.TimeZone;
import com.misybot.tenancy.kernel.InvalidValue;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A time zone by the name of a place in IANA's database, spelt as there. Older names are replaced by today's
 * ({@code Asia/Calcutta} by {@code Asia/Kolkata}); {@code UTC} is kept as {@code Etc/UTC}.
 *
 * <p>Fixed offsets ({@code GMT+3}, {@code Etc/GMT+3}), abbreviations ({@code EST}) and {@code SystemV/…} are refused: they know no
 * summer time.
 *
 * @param value the canonical name, known to the JDK too
 */
public record TimeZoneId(String value) {

    private static final String UTC = "Etc/UTC";
    private static final Pattern PLACE = Pattern.compile(
            "(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Za-z_/+0-9-]+");
    /** The one-word and national names of the database that lead to a place, and the spellings of UTC. */
    private static final Pattern NAMED = Pattern.compile("[A-Z][A-Za-z_/-]*");

    private static final Set<String> JDK = Set.copyOf(ZoneId.getAvailableZoneIds());
    private static final int MAX_LENGTH = 64;

    /** What was accepted before, by its canonical name: no more than the database has names, and ICU4J is slow to tell them. */
    private static final Map<String, String> ACCEPTED = new ConcurrentHashMap<>();

    public TimeZoneId {
        value = ACCEPTED.computeIfAbsent(value, TimeZoneId::canonical);
    }

    private static String canonical(String text) {
        if (text.length() > MAX_LENGTH || !(PLACE.matcher(text).matches() || isLinkToPlace(text))) {
            throw refused();
        }
        var iana = TimeZone.getIanaID(text);
        // ICU4J may know a place that the JDK learns with its next update
        if (iana == null || !(iana.equals(UTC) || PLACE.matcher(iana).matches()) || !JDK.contains(iana)) {
            throw refused();
        }
        return iana;
    }

    /** Tells {@code US/Eastern} or {@code Japan} from {@code EST}, which is a link to Panama but means an offset. */
    private static boolean isLinkToPlace(String text) {
        return NAMED.matcher(text).matches()
                && (text.equals("UTC") || text.indexOf('/') > 0 || !text.chars().allMatch(Character::isUpperCase));
    }

    private static InvalidValue refused() {
        return new InvalidValue(
                "time_zone_unknown",
                "A time zone is the name of a place in the IANA database, such as America/Sao_Paulo, or Etc/UTC.");
    }

    @Override
    public String toString() {
        return value;
    }
}
