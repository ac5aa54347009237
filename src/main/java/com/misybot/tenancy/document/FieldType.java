package com.misybot.tenancy.document;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a declared field holds in every document that has it. */
public enum FieldType {
    /** Text of at most 1,000 characters. */
    STRING("string"),
    /** A number of at most 34 significant digits. */
    NUMBER("number"),
    BOOLEAN("boolean"),
    /** An instant in UTC as RFC 3339 writes it, to the microsecond. */
    INSTANT("instant");

    private final String word;

    FieldType(String word) {
        this.word = word;
    }

    /** Its name in declarations. */
    @Override
    @JsonValue
    public String toString() {
        return word;
    }
}
