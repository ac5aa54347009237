package com.misybot.tenancy.tenant.transfer;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.misybot.tenancy.LogLines;
import com.misybot.tenancy.kernel.Change;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/** A line that fails is reported with a traceId: it must lead to the line of the log that says why. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ImportLogTests {

    private final ConfigurableApplicationContext context;
    private final ImportClient client;

    ImportLogTests(@Autowired ApplicationContext context, @LocalServerPort int port) {
        this.context = (ConfigurableApplicationContext) context;
        this.client = new ImportClient(port, TestKeys.operator(context));
    }

    @Test
    void saysWhichTenantCouldNotBeTakenInForWhomAndInWhichTrace() {
        var bad = freeSlug();
        assertFound(bad, freeSlug(), "create");
    }

    @Test
    void saysWhichTenantCouldNotBeRevised() {
        var bad = freeSlug();
        assertThat(client.send("", line(bad, "before")).outcomes()).containsExactly("created");
        assertFound(bad, freeSlug(), "upsert");
    }

    private void assertFound(String bad, String good, String mode) {
        ApplicationListener<?> failing = ApplicationListener.<Change>forPayload(change -> {
            if (change.subject().equals(bad)) {
                throw new IllegalStateException("the trail cannot be written");
            }
        });
        context.addApplicationListener(failing);
        try (var lines = LogLines.of("com.misybot.tenancy.tenant")) {
            var answer = client.send("?mode=" + mode, line(bad, "after") + line(good, "after"));

            assertThat(answer.outcomes()).containsExactly("internal_error", "created");
            var traceId = answer.results().getFirst().path("problem").path("traceId");
            assertThat(logged(lines, bad))
                    .singleElement()
                    .satisfies(line -> assertThat(line.getMDCPropertyMap())
                            .containsEntry("traceId", traceId.asString())
                            .hasEntrySatisfying(
                                    "actor", actor -> assertThat(actor).startsWith("operator:")));
        } finally {
            context.removeApplicationListener(failing);
        }
    }

    private static List<ILoggingEvent> logged(LogLines lines, String slug) {
        return lines.with("A tenant could not be taken in").stream()
                .filter(line -> slug.equals(line.getMDCPropertyMap().get("tenant")))
                .toList();
    }

    private static String line(String slug, String name) {
        return "{\"tenantId\":\"%s\",\"business\":{\"name\":\"%s\"}}\n".formatted(slug, name);
    }
}
