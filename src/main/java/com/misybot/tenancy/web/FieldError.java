package com.misybot.tenancy.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * One bad field of a request.
 *
 * @param in where the field stands: absent for the body, else {@code query}, {@code path} or {@code header}
 * @param pointer JSON pointer (RFC 6901) to the field; for a parameter or header its name after a slash
 * @param code the stable word for what is wrong, such as {@code format}
 * @param detail what would be accepted; never repeats the refused value
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"in", "pointer", "code", "detail"})
public record FieldError(@Nullable String in, String pointer, String code, String detail) {

    /** Codes that any module may use. */
    public static final String REQUIRED = "required";

    public static final String FORMAT = "format";
    public static final String LENGTH = "length";
    public static final String RANGE = "range";
    public static final String TYPE = "type";
    public static final String ENUM = "enum";
    public static final String DUPLICATE = "duplicate";
    public static final String UNKNOWN_FIELD = "unknown_field";
    public static final String UNKNOWN_PARAMETER = "unknown_parameter";
    public static final String READ_ONLY = "read_only";

    /** A field of the body. */
    public FieldError(String pointer, String code, String detail) {
        this(null, pointer, code, detail);
    }

    /** A query parameter. */
    public static FieldError query(String name, String code, String detail) {
        return new FieldError("query", "/" + escape(name), code, detail);
    }

    /** A variable in the path. */
    public static FieldError path(String name, String code, String detail) {
        return new FieldError("path", "/" + escape(name), code, detail);
    }

    /** A header. */
    public static FieldError header(String name, String code, String detail) {
        return new FieldError("header", "/" + escape(name), code, detail);
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
