package com.misybot.tenancy.event;

import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.ProblemException;
import java.util.List;

/**
 * Which types of events somebody wants: names such as {@code tenant.suspended}, and beginnings such as {@code tenant.*}.
 *
 * @param patterns any of them is enough; none of them wants all
 */
public record TypeFilter(List<String> patterns) {

    /** Every type. */
    public static final TypeFilter ALL = new TypeFilter(List.of());

    /** Most patterns. */
    public static final int MOST = 50;

    private static final String ANY = ".*";

    public TypeFilter {
        patterns = List.copyOf(patterns);
    }

    /**
     * Reads patterns.
     *
     * @param parameter where they were given, for the problem
     * @throws ProblemException 400 where there are more than {@value #MOST}, or no type is meant by one of them
     */
    public static TypeFilter of(List<String> patterns, String parameter, EventCatalogue catalogue) {
        if (patterns.size() > MOST) {
            throw ProblemException.invalid(
                    FieldError.query(parameter, FieldError.RANGE, "Give at most " + MOST + " types."));
        }
        for (var pattern : patterns) {
            if (catalogue.all().stream().noneMatch(type -> matches(pattern, type.name()))) {
                throw ProblemException.invalid(FieldError.query(
                        parameter,
                        FieldError.ENUM,
                        "A type is one of those at /api/v1/event-types, or the beginning of some with .* after it."));
            }
        }
        return new TypeFilter(patterns);
    }

    /** Whether events of this type are wanted. */
    public boolean wants(String type) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, type));
    }

    private static boolean matches(String pattern, String type) {
        return pattern.endsWith(ANY)
                ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                : type.equals(pattern);
    }
}
