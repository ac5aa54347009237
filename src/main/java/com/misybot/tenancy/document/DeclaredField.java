package com.misybot.tenancy.document;

/**
 * A field at the top of a collection's documents that lists can be filtered by.
 *
 * @param name 1 to 64 characters of {@code [A-Za-z0-9_]}, a letter first
 * @param type what it holds wherever it is there and not null
 * @param indexed whether MongoDB finds by it without looking at every document
 */
public record DeclaredField(String name, FieldType type, boolean indexed) {

    /** What a name looks like. */
    public static final String NAME = "^[A-Za-z][A-Za-z0-9_]{0,63}$";
}
