package com.misybot.tenancy.security.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.misybot.tenancy.TenancyApplication;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.keyring.Token;
import com.misybot.tenancy.security.IssueOperatorKey;
import com.misybot.tenancy.security.access.AccessScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each test has a database of its own, in which no key exists: an engine of its own in every profile, since in the containers
 * other tests have issued keys already.
 */
class FirstOperatorKeyTests {

    @TempDir
    private Path data;

    @Test
    void isMadeOnceByAllWhoTryAtOnceAndAgreesWithItsFile() throws Exception {
        try (var context = IssueOperatorKey.start(arguments())) {
            var first = context.getBean(FirstOperatorKey.class);
            var check = context.getBean(KeyCheck.class);

            assertThatExceptionOfType(IllegalStateException.class)
                    .as("the file was written, the row was not")
                    .isThrownBy(() -> first.issue(secret -> {
                        write(data.resolve("key-0"), secret.value());
                        throw new IllegalStateException("power cut");
                    }));
            assertThat(check.check(token(data.resolve("key-0")))).isEmpty();

            var threads = IntStream.range(0, 6)
                    .mapToObj(i -> Thread.ofVirtual().start(() -> first.issueInto(data.resolve("key-" + i))))
                    .toList();
            for (var thread : threads) {
                thread.join();
            }
            var accepted = IntStream.range(0, 6)
                    .mapToObj(i -> data.resolve("key-" + i))
                    .filter(Files::exists)
                    .filter(file -> check.check(token(file)).isPresent())
                    .toList();
            assertThat(accepted).hasSize(1);
            var file = accepted.getFirst();
            assertThat(Files.readString(file)).matches("misy_op_\\w+\n");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(check.check(token(file))).hasValueSatisfying(found -> {
                assertThat(found.authority().scopes()).isEqualTo(AccessScope.all());
                assertThat(found.authority().reach().isAll()).isTrue();
            });

            var keys = context.getBean(ApiKeys.class);
            var all = check.check(token(file)).orElseThrow().authority();
            keys.revoke(token(file).keyId(), all, null, Cause.of(Actor.system("test")));
            first.issueInto(file);
            assertThat(check.check(token(file)))
                    .as("nobody is locked out for good")
                    .isPresent();
        }
    }

    @Test
    void theCommandPrintsTheKeyAloneAndOnlyOnce() throws Exception {
        var made = run();
        assertThat(made.code).as(made.errors).isZero();
        assertThat(made.output).matches("misy_op_\\w+\n");
        assertThat(made.errors).doesNotContain(made.output.strip()).doesNotContain("Tomcat");

        var again = run();
        assertThat(again.code).isEqualTo(1);
        assertThat(again.output).isEmpty();
        assertThat(again.errors).contains("An operator key exists already");
    }

    private record Run(int code, String output, String errors) {}

    private Run run() throws IOException, InterruptedException {
        var output = data.resolve("output");
        var errors = data.resolve("errors");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TenancyApplication.class.getName(),
                IssueOperatorKey.NAME));
        command.addAll(List.of(arguments()));
        var process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return new Run(process.exitValue(), Files.readString(output), Files.readString(errors));
    }

    private String[] arguments() {
        return new String[] {
            "--tenancy.test.containers=false",
            "--tenancy.embedded.enabled=true",
            "--tenancy.embedded.data-dir=" + data.resolve("engines"),
            "--tenancy.embedded.durable=true",
            "--spring.data.redis.url=redis://127.0.0.1:1",
            "--spring.mongodb.uri=mongodb://127.0.0.1:1"
        };
    }

    private static Token token(Path file) {
        try {
            return Token.parse(Files.readString(file).strip()).orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
