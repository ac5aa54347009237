package com.misybot.tenancy.audit.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.NodeJs;
import com.misybot.tenancy.audit.Checkpoints;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Cause;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** An archive is verified by who has nothing else. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class AuditArchiveTests {

    private final Api api;
    private final ArchiveWriter writer;
    private final Checkpoints checkpoints;

    @TempDir
    Path directory;

    AuditArchiveTests(ApplicationContext context, ArchiveWriter writer, Checkpoints checkpoints) {
        this.api = Api.operator(context);
        this.writer = writer;
        this.checkpoints = checkpoints;
    }

    private record Said(int code, String out) {}

    private static Said verify(Path archive, String... more) {
        var out = new ByteArrayOutputStream();
        var args = new String[2 + more.length];
        args[0] = VerifyAudit.NAME;
        args[1] = archive.toString();
        System.arraycopy(more, 0, args, 2, more.length);
        var stream = new PrintStream(out, true, UTF_8);
        return new Said(VerifyAudit.run(args, stream, stream), out.toString(UTF_8));
    }

    private Path archive() throws IOException {
        var slug = Api.freeSlug();
        var tenant = UUID.fromString(api.post("/tenants", Api.tenant(slug)).text("/id"));
        // after its registration and its provisioning
        for (var i = 0; i < 3; i++) {
            api.patch("/tenants/" + slug, "{\"labels\":{\"n\":\"%d\"}}".formatted(i), "If-Match", "*");
            if (i % 2 == 0) {
                checkpoints.take(tenant, Cause.of(Actor.system("test")));
            }
        }
        var file = directory.resolve(slug + ".zip");
        try (var out = Files.newOutputStream(file)) {
            writer.write(tenant, 5, out);
        }
        return file;
    }

    /** The archive with one of its files changed. */
    private Path changed(Path archive, String name, UnaryOperator<String> change) throws IOException {
        var file = directory.resolve(UUID.randomUUID() + ".zip");
        try (var zip = new ZipFile(archive.toFile());
                var out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : zip.stream().toList()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                var text = new String(zip.getInputStream(entry).readAllBytes(), UTF_8);
                out.write((entry.getName().equals(name) ? change.apply(text) : text).getBytes(UTF_8));
            }
        }
        return file;
    }

    @Test
    void verifiesOffline() throws IOException {
        var archive = archive();
        assertThat(verify(archive)).satisfies(said -> {
            assertThat(said.out).contains("signed by ").contains("valid: entries 1 to 5");
            assertThat(said.code).isZero();
        });
        try (var zip = new ZipFile(archive.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .containsExactlyInAnyOrder("FORMAT.txt", "entries.ndjson", "checkpoints.ndjson", "keys.json");
        }
    }

    @Test
    void findsWhatWasDoneToIt() throws IOException {
        var archive = archive();
        var entries = "entries.ndjson";
        assertThat(verify(changed(archive, entries, text -> text.replaceFirst("tenant.updated", "tenant.created"))).out)
                .contains("not valid: entry 3: HASH");
        assertThat(verify(changed(archive, entries, text -> text.replaceFirst("(?m)^.*\"seq\":3,.*\n", ""))).out)
                .contains("entry 3: SEQUENCE");
        assertThat(verify(changed(archive, entries, text -> text.replaceFirst("(?m)^.*\"seq\":5,.*\n", ""))).out)
                .contains("entry 5: TAIL_MISSING");
        var checks = "checkpoints.ndjson";
        assertThat(verify(changed(archive, checks, text -> text.replaceFirst("(?m)^.*\"seq\":3,.*\n", ""))).out)
                .contains("entry 4: CHECKPOINT_MISSING");
        assertThat(verify(changed(archive, checks, text -> text.replaceFirst("\"previous\":0", "\"previous\":1"))).out)
                .contains("entry 3: CHECKPOINT_FORGED");
        assertThat(verify(changed(archive, checks, text -> "")).code).isOne();
        assertThat(verify(archive, "5:" + "0".repeat(64)).out).contains("READERS_CHECKPOINT");
        assertThat(verify(archive, "9:" + "0".repeat(64)).code).isOne();
        assertThat(verify(directory.resolve("nothing.zip")).code).isEqualTo(2);
        assertThat(verify(archive, "nonsense").code).isEqualTo(2);
    }

    /** Written from the format alone, in another language. */
    private Said independently(Path archive, String... more) throws Exception {
        var unpacked = Files.createDirectory(directory.resolve(UUID.randomUUID().toString()));
        try (var zip = new ZipFile(archive.toFile())) {
            for (var entry : zip.stream().toList()) {
                Files.copy(zip.getInputStream(entry), unpacked.resolve(entry.getName()));
            }
        }
        var command =
                new ArrayList<>(List.of(NodeJs.program(), "examples/verify-audit/verify.mjs", unpacked.toString()));
        command.addAll(List.of(more));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var out = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Said(process.waitFor(), out);
    }

    @Test
    void anIndependentVerifierAgrees() throws Exception {
        var archive = archive();
        var said = independently(archive);
        assertThat(said.out).startsWith("5 entries are as they were written");
        assertThat(said.code).isZero();
        var entries = "entries.ndjson";
        var checks = "checkpoints.ndjson";
        for (var broken : List.of(
                changed(archive, entries, text -> text.replaceFirst("tenant.updated", "tenant.created")),
                changed(archive, entries, text -> text.replaceFirst("(?m)^.*\"seq\":3,.*\n", "")),
                changed(archive, entries, text -> text.replaceFirst("(?m)^.*\"seq\":5,.*\n", "")),
                changed(archive, checks, text -> text.replaceFirst("(?m)^.*\"seq\":3,.*\n", "")),
                changed(archive, checks, text -> text.replaceFirst("\"previous\":0", "\"previous\":1")),
                changed(archive, checks, text -> ""))) {
            assertThat(independently(broken).code).isOne();
            assertThat(verify(broken).code).isOne();
        }
        assertThat(independently(archive, "5:" + "0".repeat(64)).code).isOne();
        assertThat(independently(archive, "9:" + "0".repeat(64)).code).isOne();
    }

    @Test
    void isFetchedAfterAnOperation() {
        var slug = Api.freeSlug();
        api.post("/tenants", Api.tenant(slug));
        var path = "/tenants/" + slug + "/audit";
        assertThat(api.get(path + "/archive", "Accept", "application/zip").status())
                .isEqualTo(404);
        var started = api.send("POST", path + "/export", null);
        assertThat(started.status()).as(started.toString()).isEqualTo(202);
        var operation = "/operations/" + started.text("/operationId");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(api.get(operation).text("/status")).isEqualTo("SUCCEEDED"));
        var result = api.get(operation).json().at("/result");
        assertThat(result.at("/valid").asBoolean()).isTrue();
        assertThat(result.at("/archive").asString()).startsWith("/api/v1" + path + "/archive?to=");
        var fetched =
                api.get(result.at("/archive").asString().substring("/api/v1".length()), "Accept", "application/zip");
        assertThat(fetched.status()).isEqualTo(200);
        assertThat(fetched.response().body()).startsWith("PK");
        assertThat(api.get(path + "/archive?to=99", "Accept", "application/zip").status())
                .isEqualTo(404);
    }
}
