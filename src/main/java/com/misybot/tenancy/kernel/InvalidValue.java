package com.misybot.tenancy.kernel;

/**
 * Says that a text is not a value of a type of this service.
 *
 * <p>The code is a stable word for clients ({@code format}, {@code reserved}, …); the message says what would be accepted and
 * never repeats the refused text.
 */
public final class InvalidValue extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /** Refuses a value with a stable {@code code} and a sentence that says what is accepted. */
    public InvalidValue(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The stable word for what is wrong. */
    public String code() {
        return code;
    }
}
