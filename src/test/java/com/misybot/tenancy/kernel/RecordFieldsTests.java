package com.misybot.tenancy.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordFieldsTests {

    /** Of everybody. */
    public record Shown(String second, @Nullable String first, int third) {}

    @Test
    void showsAllFieldsInTheOrderOfDeclaration() {
        var fields = RecordFields.of(new Shown("a", null, 3));
        assertThat(fields)
                .containsEntry("second", "a")
                .containsEntry("first", null)
                .containsEntry("third", 3);
        assertThat(fields.keySet()).containsExactly("second", "first", "third");
    }

    @Test
    void showsEachRecordItsOwn() {
        assertThat(RecordFields.of(new Shown("a", "b", 3))).containsEntry("first", "b");
        assertThat(RecordFields.of(new Shown("c", "d", 4))).containsEntry("first", "d");
    }
}
