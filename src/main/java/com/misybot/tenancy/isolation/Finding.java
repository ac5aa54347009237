package com.misybot.tenancy.isolation;

/**
 * One way in which a store does not keep tenants apart.
 *
 * @param store which one: {@code postgres}, {@code redis} or {@code mongodb}
 * @param code what kind of finding, one of few words
 * @param detail a sentence without its end, for an operator
 */
public record Finding(String store, String code, String detail) {}
