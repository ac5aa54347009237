package com.misybot.tenancy.web;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/**
 * One kind of problem (RFC 9457). A module lists its own in an enum; the catalogue in {@code docs/errors.md} is made from
 * all of them.
 *
 * <p>The constant's name in lower case is the {@link #code}, the Javadoc of the enum is not: what a client reads is
 * {@link #title} and the {@code detail} of the single problem.
 */
public interface ProblemCode {

    /** Where every {@code type} URI begins. */
    String TYPE_PREFIX = "https://errors.misybot.com/tenancy/";

    /** Name of the constant. */
    String name();

    /** The status it is answered with. */
    HttpStatus status();

    /** What it is, in a few words that never change. */
    String title();

    /** The stable word for clients, such as {@code name_reserved}. */
    default String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The stable {@code type} URI. */
    default String type() {
        return TYPE_PREFIX + code();
    }
}
