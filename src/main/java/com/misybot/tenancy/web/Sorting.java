package com.misybot.tenancy.web;

/**
 * The order of a list, from {@code sort=name} or {@code sort=-name}. A handler method takes {@code Sorting<TenantSort>} as a
 * parameter, where the enum lists what may be sorted by ({@code CREATED_AT} is written {@code createdAt}); its first constant,
 * ascending, is the default. Anything else is 400 {@code invalid_request} with code {@code enum}.
 *
 * @param by what to sort by; each order is completed by the id
 * @param descending whether the largest comes first
 */
public record Sorting<E extends Enum<E>>(E by, boolean descending) {

    /** The parameter. */
    public static final String PARAMETER = "sort";

    /** As the client writes it: {@code -createdAt}. */
    @Override
    public String toString() {
        return (descending ? "-" : "") + nameOf(by);
    }

    /** The name a client writes for a constant: {@code CREATED_AT} is {@code createdAt}. */
    public static String nameOf(Enum<?> constant) {
        var name = new StringBuilder();
        var upper = false;
        for (var c : constant.name().toCharArray()) {
            if (c == '_') {
                upper = true;
            } else {
                name.append(upper ? c : Character.toLowerCase(c));
                upper = false;
            }
        }
        return name.toString();
    }
}
