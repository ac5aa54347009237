package com.misybot.tenancy.provisioning;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.provisioning.Deaths.Boundary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Processes of the service killed by {@code kill -9}, three in a row, at every boundary of the journal: a quarter of an hour. {@link
 * ProvisioningFaultTests} is the short form.
 */
@EnabledIfSystemProperty(
        named = "provisioning.kills",
        matches = ".+",
        disabledReason = "takes a quarter of an hour: -Dprovisioning.kills=all, or a part of the name of a case")
class ProvisioningKillTests {

    private static final int IN_A_ROW = 3;

    @TempDir
    static Path directory;

    static Stream<Arguments> boundaries() {
        var wanted = System.getProperty("provisioning.kills", "all");
        return ProvisioningFaultTests.boundaries()
                .filter(one -> wanted.equals("all") || (one.get()[0] + " " + one.get()[1]).contains(wanted));
    }

    @ParameterizedTest
    @MethodSource("boundaries")
    void oneTenantIsSetUpOnce(String step, Boundary boundary) throws Exception {
        var data = Files.createDirectories(directory.resolve("data"));
        var slug = freeSlug();
        String operation = "";
        for (var killed = 0; killed < IN_A_ROW; killed++) {
            // what is recorded is not done again: nobody comes here twice
            var place = boundary == Boundary.AFTER_THE_JOURNAL && killed > 0 ? "mirror" : step;
            try (var service = KillableService.start(data, slug, place, boundary)) {
                var api = Api.at(service.port(), service.key());
                if (killed == 0) {
                    var made = api.post("/tenants", Api.tenant(slug), "Prefer", "respond-async");
                    assertThat(made.status()).as(made.toString()).isEqualTo(202);
                    operation = RunFixture.operation(made);
                }
                if (killed == 0 || boundary != Boundary.AFTER_THE_JOURNAL) {
                    service.killAtThePlace();
                }
            }
        }
        try (var service = KillableService.start(data, "nobody", step, boundary)) {
            var api = Api.at(service.port(), service.key());
            var path = operation;
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> api.get(path).text("/status").equals("SUCCEEDED"));
            assertThat(api.get("/tenants/" + slug).text("/status")).isEqualTo("ACTIVE");
            var runs = api.get("/tenants/" + slug + "/provisioning").json().at("/items");
            assertThat(runs).hasSize(1);
            var steps = runs.at("/0/steps").valueStream().toList();
            assertThat(steps.stream().map(one -> one.at("/name").asString()))
                    .doesNotHaveDuplicates()
                    .contains("namespaces", "mirror", "elsewhere", Activation.NAME);
            assertThat(steps.stream().map(one -> one.at("/state").asString())).containsOnly("COMPLETED");
            var events = api.get("/tenants/" + slug + "/events?type=tenant.provisioned");
            assertThat(events.json().at("/items")).as(events.toString()).hasSize(1);
            var holds = api.get("/tenants/" + slug + "/namespaces");
            assertThat(holds.status()).as(holds.toString()).isEqualTo(200);
        }
    }
}
