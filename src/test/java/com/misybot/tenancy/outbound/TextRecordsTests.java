package com.misybot.tenancy.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.outbound.TextRecords.Found;
import com.misybot.tenancy.outbound.TextRecords.None;
import com.misybot.tenancy.outbound.TextRecords.Unknown;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TextRecordsTests {

    @Test
    void findsWhatANameSaysAndKnowsNothingFromNoAnswer() throws Exception {
        try (var names = new NameServer();
                var silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            names.saysText("a.test", "one", "two")
                    .saysText("*.wild.test", "any")
                    .says("b.test", "192.0.2.1");
            var records = records(names.address());

            assertThat(records.of("a.test")).isEqualTo(new Found(List.of("one", "two")));
            assertThat(records.of("x.wild.test")).isEqualTo(new Found(List.of("any")));
            assertThat(records.of("b.test")).isEqualTo(new None());
            assertThat(records.of("nobody.test")).isEqualTo(new None());
            assertThat(records.of("x".repeat(64) + ".test"))
                    .as("no name at all")
                    .isEqualTo(new None());
            assertThat(records("127.0.0.1:" + silent.getLocalPort()).of("a.test"))
                    .isEqualTo(new Unknown());
        }
    }

    @Test
    void asksEachTimeAnew() {
        try (var names = new NameServer()) {
            var records = records(names.address());
            assertThat(records.of("a.test")).isEqualTo(new None());
            names.saysText("a.test", "one");
            assertThat(records.of("a.test")).isEqualTo(new Found(List.of("one")));
        }
    }

    private static TextRecords records(String server) {
        return new TextRecords(new OutboundSettings(List.of(), List.of(server), Duration.ofSeconds(1), 1));
    }
}
