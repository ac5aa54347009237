package com.misybot.tenancy.document.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.document.CollectionName;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NamespacesTests {

    @Test
    void theLongestNameHasRoomInADatabaseThatLeavesIt() {
        var name = Namespaces.name(new UUID(-1, -1), new CollectionName("x".repeat(48)));
        assertThat(name).startsWith("t_" + "f".repeat(32) + "__x");
        var database = "d".repeat(35);
        assertThat((database + "." + name).getBytes(StandardCharsets.UTF_8)).hasSize(120);
        assertThat(Namespaces.leavesRoom(database)).isTrue();
        assertThat(Namespaces.leavesRoom(database + "d")).isFalse();
        assertThat(Namespaces.leavesRoom("ä".repeat(18))).isFalse();
    }
}
