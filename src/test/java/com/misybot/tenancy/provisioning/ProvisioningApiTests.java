package com.misybot.tenancy.provisioning;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import tools.jackson.databind.JsonNode;

/** What a client of the API sees of provisioning where nothing goes wrong. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class ProvisioningApiTests {

    private final Api api;

    ProvisioningApiTests(ApplicationContext context) {
        this.api = Api.operator(context);
    }

    @Test
    void answersWithTheTenantAsItIsWhenEverythingIsSetUp() {
        var slug = freeSlug();

        var made = api.post("/tenants", Api.tenant(slug));

        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.text("/status")).isEqualTo("ACTIVE");
        assertThat(made.text("/secret")).startsWith("misy_ten_");
        assertThat(made.header("ETag")).isEqualTo("\"2\"");
        var read = api.get("/tenants/" + slug);
        assertThat(read.header("ETag")).isEqualTo(made.header("ETag"));
        assertThat(read.text("/updatedBy")).isEqualTo("system:provisioning");
    }

    @Test
    void showsTheJournalOfTheRun() {
        var slug = freeSlug();
        api.post("/tenants", Api.tenant(slug));

        var runs = api.get("/tenants/" + slug + "/provisioning");

        assertThat(runs.json().at("/items")).hasSize(1);
        assertThat(runs.text("/items/0/state")).isEqualTo("SUCCEEDED");
        assertThat(names(runs.json().at("/items/0/steps")))
                .containsExactly("namespaces", "collections", "mirror", "activation");
        runs.json().at("/items/0/steps").forEach(step -> {
            assertThat(step.at("/state").asString()).isEqualTo("COMPLETED");
            assertThat(step.at("/attempts").asInt()).isEqualTo(1);
        });
    }

    @Test
    void namesTheOperationWhereNobodyWantsToWait() {
        var slug = freeSlug();

        var made = api.post("/tenants", Api.tenant(slug), "Prefer", "respond-async");

        assertThat(made.status()).as(made.toString()).isEqualTo(202);
        assertThat(made.text("/status")).isEqualTo("PROVISIONING");
        var location = made.header("Location").substring("/api/v1".length());
        var operation = api.get(location, "Prefer", "wait=20");
        assertThat(operation.text("/kind")).isEqualTo("tenant.provision");
        assertThat(operation.text("/status")).as(operation.toString()).isEqualTo("SUCCEEDED");
        assertThat(operation.text("/tenantId")).isEqualTo(slug);
        assertThat(names(operation.json().at("/steps")))
                .containsExactly("namespaces", "collections", "mirror", "activation");
        operation
                .json()
                .at("/steps")
                .forEach(step -> assertThat(step.at("/status").asString()).isEqualTo("SUCCEEDED"));
        assertThat(operation.json().at("/progress/done").asInt()).isEqualTo(4);
        assertThat(api.get("/tenants/" + slug).text("/status")).isEqualTo("ACTIVE");
        assertThat(api.get("/tenants/" + slug + "/provisioning").text("/items/0/id"))
                .isEqualTo(operation.text("/id"));
    }

    @Test
    void doesNotWaitWhereTheClientSaysSo() {
        var made = api.post("/tenants", Api.tenant(freeSlug()), "Prefer", "wait=0");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("/status")).isEqualTo("PROVISIONING");
        assertThat(made.header("ETag")).isEqualTo("\"1\"");
    }

    @Test
    void replaysTheRegistrationAndBeginsNoSecondRun() {
        var slug = freeSlug();
        api.post("/tenants", Api.tenant(slug), "Idempotency-Key", slug);

        var again = api.post("/tenants", Api.tenant(slug), "Idempotency-Key", slug);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.json().at("/secretWithheld").asBoolean()).isTrue();
        assertThat(api.get("/tenants/" + slug + "/provisioning").json().at("/items"))
                .hasSize(1);
    }

    @Test
    void tellsOnceThatATenantIsProvisioned() {
        var slug = freeSlug();
        api.post("/tenants", Api.tenant(slug));

        var events = api.get("/tenants/" + slug + "/events").json().at("/items");

        assertThat(StreamSupport.stream(events.spliterator(), false)
                        .map(event -> event.at("/type").asString()))
                .filteredOn(type -> type.endsWith("tenant.provisioned"))
                .hasSize(1);
    }

    @Test
    void refusesToRetryOrAbortWhatIsInService() {
        var slug = freeSlug();
        api.post("/tenants", Api.tenant(slug));

        for (var action : List.of("retry", "abort")) {
            var refused = api.post("/tenants/" + slug + "/provisioning/" + action, "{}");
            assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
            assertThat(refused.text("/code")).isEqualTo("illegal_transition");
            assertThat(api.post("/tenants/" + slug + "/provisioning/" + action, "{}", "If-Match", "\"1\"")
                            .status())
                    .isEqualTo(412);
        }
    }

    private static List<String> names(JsonNode steps) {
        return StreamSupport.stream(steps.spliterator(), false)
                .map(step -> step.at("/name").asString())
                .toList();
    }
}
