package com.misybot.tenancy.tenant.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSourceTests {

    @Test
    void findsEveryLineWhereverTheReadsBreakOff() throws IOException {
        var random = new Random(7);
        for (var round = 0; round < 30; round++) {
            var body = new StringBuilder();
            var expected = new ArrayList<String>();
            for (var i = 1; i <= 40; i++) {
                var length = switch (random.nextInt(5)) {
                    case 0 -> 0;
                    case 1 -> LineSource.MAX_BYTES;
                    case 2 -> LineSource.MAX_BYTES + 1;
                    case 3 -> LineSource.MAX_BYTES + 1 + random.nextInt(200_000);
                    default -> 1 + random.nextInt(1_000);
                };
                body.append("x".repeat(length)).append(random.nextBoolean() ? "\n" : "\r\n");
                expected.add(i + (length == 0 ? " blank" : length > LineSource.MAX_BYTES ? " bad" : " " + length));
            }
            body.append("end");
            expected.add("41 3");
            assertThat(lines(new NdjsonLines(dribbling(body.toString(), random))))
                    .isEqualTo(expected);
        }
    }

    @Test
    void countsLinesWithinTheCellsOfARow() throws IOException {
        var csv = "tenantId,name\na,\"x\ny\nz\"\nb,y\n";
        assertThat(lines(new CsvLines(dribbling(csv, new Random(1)))).stream()
                        .map(line -> line.substring(0, line.indexOf(' '))))
                .containsExactly("2", "5");
    }

    @ParameterizedTest
    @ValueSource(ints = {4_096, 1 << 16})
    void remembersEachNameOfADryRunUntilItIsFull(int largest) {
        var names = new FileNames(new SecureRandom(), largest);
        var most = largest / 4 * 3;
        for (var i = 0; i < most; i++) {
            names.put(names.fingerprint("name " + i), i + 1);
        }
        for (var i = 0; i < most; i++) {
            assertThat(names.ownerOf(names.fingerprint("name " + i))).isEqualTo(i + 1);
        }
        assertThat(names.ownerOf(names.fingerprint("another"))).isZero();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> names.put(names.fingerprint("one more"), 1))
                .hasMessageContaining("remembers " + most + " names");
    }

    private static List<String> lines(LineSource source) throws IOException {
        var lines = new ArrayList<String>();
        for (var line = source.next(); line != null; line = source.next()) {
            lines.add(line.number()
                    + switch (line) {
                        case RawLine.Content content ->
                            " "
                                    + new String(content.json(), StandardCharsets.UTF_8)
                                            .strip()
                                            .length();
                        case RawLine.Blank blank -> " blank";
                        case RawLine.Bad bad -> " bad";
                    });
        }
        return lines;
    }

    /** Gives a few bytes at a time. */
    private static InputStream dribbling(String text, Random random) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(70_000)));
            }
        };
    }
}
