package com.misybot.tenancy.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says who may call a handler method. Every one of the API carries it; the table in {@code docs/routes.md} is made from it.
 *
 * <pre>{@code
 * @Access(scope = "tenants:read", callers = {Kind.OPERATOR, Kind.SERVICE, Kind.TENANT})
 * }</pre>
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Access {

    /** The scope of access the caller must hold; empty only where {@link Kind#PUBLIC} may call. */
    String scope() default "";

    /** The kinds of callers, by default operators and platform services. */
    Kind[] callers() default {Kind.OPERATOR, Kind.SERVICE};

    /** What the trail of the tenant says when an operator has read this, such as {@code secrets.read}; empty where it says nothing. */
    String told() default "";

    /** Sorts of callers. */
    enum Kind {
        OPERATOR,
        SERVICE,
        TENANT,
        /** Anybody, without a credential. */
        PUBLIC
    }
}
