package com.misybot.tenancy.tenant;

import com.misybot.tenancy.web.Problem;

/** The two edges of a limit on a number of things: what is beyond it is refused, and from 80 % on somebody should know. */
public final class Quota {

    /** The type of the {@link com.misybot.tenancy.kernel.Change} that tells of the softer edge; its subject is the limit's name. */
    public static final String APPROACHED = "quota.approached";

    private Quota() {}

    /**
     * Refuses what goes beyond a limit.
     *
     * @param limit its name, such as {@code origins}
     * @param used how many there would be
     * @param most how many there may be
     * @throws com.misybot.tenancy.web.ProblemException 409 {@code quota_exceeded} with {@code limit}, {@code value} and
     *     {@code used}
     */
    public static void require(String limit, long used, long most) {
        if (used > most) {
            throw Problem.of(
                            TenantProblem.QUOTA_EXCEEDED,
                            "The tenant may have " + most + " of " + limit + " and would have " + used
                                    + ": remove some, or raise the limit of its plan or its own.")
                    .with("limit", limit)
                    .with("value", most)
                    .with("used", used)
                    .asException();
        }
    }

    /** Whether 80 % of a limit are reached now that were not before. */
    public static boolean crosses80(long before, long after, long most) {
        return !reaches80(before, most) && reaches80(after, most);
    }

    private static boolean reaches80(long used, long most) {
        return most > 0 && used * 5 >= most * 4;
    }
}
