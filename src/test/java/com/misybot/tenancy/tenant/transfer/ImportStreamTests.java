package com.misybot.tenancy.tenant.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.security.apikey.TestKeys;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** What a client sees of an import while it is still sending. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Timeout(120)
class ImportStreamTests {

    private final int port;
    private final String key;
    private final ImportClient client;
    private final String mark = "s" + UUID.randomUUID().toString().substring(0, 8);

    ImportStreamTests(@Autowired ApplicationContext context, @LocalServerPort int port) {
        this.port = port;
        this.key = TestKeys.operator(context);
        this.client = new ImportClient(port, key);
    }

    @Test
    void answersWhatHasBeenSentBeforeMoreIs() throws IOException {
        try (var talk = new Talk()) {
            for (var name : new String[] {"one", "two", "three"}) {
                talk.send(line(name));
                assertThat(talk.receive()).contains("\"status\":\"created\",\"tenantId\":\"" + name + "-" + mark);
                assertThat(client.tenant(name + "-" + mark).path("status").asString())
                        .isEqualTo("ACTIVE");
            }
            talk.send("nonsense\n");
            assertThat(talk.receive()).contains("\"line\":4,\"status\":\"refused\"");
            talk.end();
            assertThat(talk.receive())
                    .isEqualTo("{\"summary\":{\"lines\":4,\"created\":3,\"updated\":0,\"unchanged\":0,\"refused\":1,"
                            + "\"blank\":0,\"dryRun\":false}}");
        }
    }

    @Test
    void keepsWhatWasCommittedAndNothingOfHalfALineWhenTheClientGoesAway() throws IOException {
        try (var talk = new Talk()) {
            talk.send(line("stays"));
            assertThat(talk.receive()).contains("created");
            var half = line("half");
            talk.send(half.substring(0, half.length() - 3));
        }
        assertThat(client.tenant("stays-" + mark).isMissingNode()).isFalse();
        // its place is free again: as many as may run at once do
        await().untilAsserted(() -> {
            for (var i = 0; i < 5; i++) {
                assertThat(client.send("", "\n").status()).isEqualTo(200);
            }
        });
        assertThat(client.tenant("half-" + mark).isMissingNode()).isTrue();
    }

    @Test
    void takesThousandsOfLinesWithBadOnesBetweenThem() {
        var lines = 6_000;
        var body = new StringBuilder();
        for (var i = 1; i <= lines; i++) {
            body.append(i % 7 == 0 ? "{\"tenantId\":" + i + "}\n" : line("n" + i));
        }

        var answer = client.stream(
                "", () -> new java.io.ByteArrayInputStream(body.toString().getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.results()).hasSize(lines);
        var number = 0;
        for (var result : answer.results()) {
            number++;
            assertThat(result.path("line").asInt()).isEqualTo(number);
            assertThat(result.path("status").asString()).isEqualTo(number % 7 == 0 ? "refused" : "created");
        }
        assertThat(answer.summary().path("created").asInt()).isEqualTo(lines - lines / 7);
        assertThat(client.tenant("n6000-" + mark).path("business").path("name").asString())
                .isEqualTo("n6000");
    }

    @Test
    void runsFourAtOnceAndSendsTheFifthAway() throws IOException {
        try (var one = new Talk();
                var two = new Talk();
                var three = new Talk();
                var four = new Talk()) {
            var name = 0;
            for (var talk : List.of(one, two, three, four)) {
                talk.send(line("at-once-" + name++));
                assertThat(talk.receive()).contains("created");
            }
            var fifth = client.send("", line("at-once-5"));
            assertThat(fifth.status()).isEqualTo(429);
            assertThat(fifth.lines().getFirst().path("code").asString()).isEqualTo("too_many_requests");
            four.end();
            assertThat(four.receive()).startsWith("{\"summary\"");
        }
    }

    @Test
    void answersAClientThatReadsOnlyOnceItHasSentEverything() throws IOException {
        var lines = 24_000;
        try (var talk = new Talk()) {
            for (var i = 0; i < lines; i++) {
                talk.send("no JSON\n");
            }
            talk.end();
            for (var i = 1; i <= lines; i++) {
                assertThat(talk.receive()).startsWith("{\"line\":" + i + ",\"status\":\"refused\"");
            }
            assertThat(talk.receive()).startsWith("{\"summary\":{\"lines\":24000,");
        }
    }

    @Test
    void readsNoFurtherWhileTheClientDoesNotReadItsResults() throws IOException, InterruptedException {
        var lines = 60_000;
        try (var talk = new Talk()) {
            var sent = new AtomicInteger();
            var writer = Thread.ofVirtual().start(() -> {
                try {
                    while (sent.get() < lines) {
                        talk.send("x".repeat(1_000) + "\n");
                        sent.incrementAndGet();
                    }
                    talk.end();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(60)).until(sent::get, new Unchanged());
            assertThat(sent.get()).isLessThan(lines);
            for (var i = 1; i <= lines; i++) {
                assertThat(talk.receive()).startsWith("{\"line\":" + i + ",\"status\":\"refused\"");
            }
            assertThat(talk.receive()).startsWith("{\"summary\":{\"lines\":60000,");
            writer.join();
        }
    }

    private String line(String name) {
        return "{\"tenantId\":\"" + name + "-" + mark + "\",\"business\":{\"name\":\"" + name + "\"}}\n";
    }

    /** One import by hand: HTTP/1.1 with chunks, written and read as the test likes. */
    private final class Talk implements AutoCloseable {

        private final Socket socket = new Socket("localhost", port);
        private final OutputStream out = socket.getOutputStream();
        private final InputStream in = new BufferedInputStream(socket.getInputStream());
        private final BufferedReader answer =
                new BufferedReader(new InputStreamReader(new Chunks(), StandardCharsets.UTF_8));

        Talk() throws IOException {
            write("POST /api/v1/tenants/import HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
                    + "\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        void send(String text) throws IOException {
            write(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
        }

        void end() throws IOException {
            write("0\r\n\r\n");
        }

        /** The next line of the answer. */
        String receive() throws IOException {
            return answer.readLine();
        }

        private String readLine() throws IOException {
            var line = new StringBuilder();
            for (var c = in.read(); c != '\n' && c >= 0; c = in.read()) {
                line.append((char) c);
            }
            return line.toString().strip();
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }

        /** The body of the answer without what HTTP puts between. */
        private final class Chunks extends InputStream {

            private boolean begun;
            private int left;

            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (!begun) {
                    begun = true;
                    assertThat(readLine()).startsWith("HTTP/1.1 200");
                    while (!readLine().isEmpty()) {
                        // headers
                    }
                    left = Integer.parseInt(readLine(), 16);
                } else if (left == 0) {
                    assertThat(readLine()).isEmpty();
                    left = Integer.parseInt(readLine(), 16);
                }
                var read = left == 0 ? -1 : in.read(bytes, offset, Math.min(length, left));
                left -= Math.max(0, read);
                return read;
            }
        }
    }

    /** Holds for a value that is what it was when last looked at. */
    private static final class Unchanged extends org.hamcrest.BaseMatcher<Integer> {

        private Object last = -1;

        @Override
        public boolean matches(Object value) {
            var same = value.equals(last);
            last = value;
            return same;
        }

        @Override
        public void describeTo(org.hamcrest.Description description) {
            description.appendText("what it was");
        }
    }
}
