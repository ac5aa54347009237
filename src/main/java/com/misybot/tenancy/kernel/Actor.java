package com.misybot.tenancy.kernel;

/**
 * Who acts, as it is kept on every row and told in every {@link Change}.
 *
 * @param kind what sort of caller
 * @param id the principal, stable across the rotation of its keys; never a secret
 */
public record Actor(Kind kind, String id) {

    /** The sorts of callers. */
    public enum Kind {
        OPERATOR,
        SERVICE,
        TENANT,
        SYSTEM
    }

    /** This service itself, acting by a job that nobody called for in person. */
    public static Actor system(String job) {
        return new Actor(Kind.SYSTEM, job);
    }

    /** Kind and id in one text, for columns and logs: {@code operator:ops-anna}. */
    @Override
    public String toString() {
        return switch (kind) {
            case OPERATOR -> "operator:" + id;
            case SERVICE -> "service:" + id;
            case TENANT -> "tenant:" + id;
            case SYSTEM -> "system:" + id;
        };
    }
}
