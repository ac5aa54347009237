package com.misybot.tenancy.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits of the JSON body of a handler method, where they are others than the usual ones. Handlers that read the stream of
 * the request themselves keep their own.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface BodyLimit {

    /** Bytes of the usual body: 256 KB. */
    int DEFAULT_BYTES = 256 * 1024;

    /** Levels of the usual body. */
    int DEFAULT_NESTING = 32;

    /** Bytes of the UTF-8 form of any one string: 64 KB. */
    int STRING_BYTES = 64 * 1024;

    /** Most bytes; one more is 413. */
    int bytes() default DEFAULT_BYTES;

    /** Most levels of objects and arrays; one more is 400. */
    int nesting() default DEFAULT_NESTING;
}
