package com.misybot.tenancy.document;

import static com.misybot.tenancy.Api.freeSlug;
import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.Api;
import com.misybot.tenancy.kernel.Actor;
import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.kernel.TenantId;
import com.misybot.tenancy.lifecycle.ProvisioningStep;
import com.misybot.tenancy.security.apikey.TestKeys;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Plans as templates: what a new tenant gets, and what a move to another plan changes. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = AutowireMode.ALL)
class PlanTemplateTests {

    private static final String TALKS = """
            {"name":"talks","schema":{"type":"object","required":["visitor"],"properties":{"score":{"maximum":1.5}}},\
            "fields":[{"name":"visitor","type":"string","indexed":true},{"name":"endsAt","type":"instant","indexed":false}],\
            "ttlField":"endsAt"}""";
    private static final String NOTES = "{\"name\":\"notes\",\"fields\":[]}";

    private final ApplicationContext context;
    private final ScopedTransactions transactions;
    private final Api api;

    PlanTemplateTests(ApplicationContext context, ScopedTransactions transactions) {
        this.context = context;
        this.transactions = transactions;
        this.api = Api.operator(context);
    }

    @Test
    void keepsATemplateAsItWasWrittenAndWhatGetAnswersCanBePut() {
        var plan = plan(20, 5, "[]", TALKS, NOTES);
        var read = api.get("/plans/" + plan);
        assertThat(read.json().at("/template").toString()).isEqualTo("{\"collections\":[" + TALKS + "," + NOTES + "]}");

        var put = api.put("/plans/" + plan, read.response().body(), "If-Match", "*");
        assertThat(put.status()).as(put.toString()).isEqualTo(200);
        assertThat(put.text("/version")).isEqualTo("1");
        var patched = api.patch("/plans/" + plan, "{\"template\":{\"collections\":[" + NOTES + "]}}", "If-Match", "*");
        assertThat(patched.json().at("/template/collections")).hasSize(1);
        assertThat(patched.text("/version")).isEqualTo("2");
        assertThat(patched.header("Operation-Location")).isEmpty();
        var cleared = api.patch("/plans/" + plan, "{\"template\":null}", "If-Match", "*");
        assertThat(cleared.json().at("/template/collections")).isEmpty();
    }

    @Test
    void makesTheCollectionsOfThePlanForANewTenant() {
        var slug = tenant(plan(20, 5, "[]", TALKS, NOTES));

        assertThat(collections(slug)).containsExactly("notes", "talks");
        var talks = api.get("/tenants/" + slug + "/collections/talks");
        assertThat(talks.text("/createdBy")).isEqualTo("system:provisioning");
        assertThat(talks.text("/ttlField")).isEqualTo("endsAt");
        assertThat(talks.text("/schema/properties/score/maximum")).isEqualTo("1.5");
        assertThat(api.put("/tenants/" + slug + "/collections/talks/documents/d1", "{}")
                        .status())
                .isBetween(400, 422);
        assertThat(api.get("/tenants/" + slug + "/provisioning").response().body())
                .contains("\"collections\"");
    }

    @Test
    void itsStepBearsRepetitionAndTakesBackWhatNobodyHasTouched() {
        var slug = tenant(plan(20, 5, "[]", TALKS, NOTES));
        var id = id(slug);
        var step = context.getBeansOfType(ProvisioningStep.class).values().stream()
                .filter(one -> one.name().equals("collections"))
                .findFirst()
                .orElseThrow();
        var run = new ProvisioningStep.Provisioned(id, new TenantId(slug), UUID.randomUUID(), "collections", 2);

        transactions.change(Scope.tenant(id), () -> step.run(run));
        assertThat(collections(slug)).containsExactly("notes", "talks");
        var notes = api.put(
                "/tenants/" + slug + "/collections/notes", "{\"schema\":{\"type\":\"object\"}}", "If-Match", "*");
        assertThat(notes.status()).isEqualTo(200);
        api.put("/tenants/" + slug + "/collections/own", "{}");
        transactions.change(Scope.tenant(id), () -> step.compensate(run));

        assertThat(collections(slug)).containsExactly("notes", "own");
        transactions.change(Scope.tenant(id), () -> step.compensate(run));
        assertThat(collections(slug)).containsExactly("notes", "own");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name":"Bad"}                                                       | 400 | /template/collections/1/name
            {"name":"system_x"}                                                  | 400 | /template/collections/1/name
            {"name":"count"}                                                     | 400 | /template/collections/1/name
            {"name":"notes"}                                                     | 400 | /template/collections/1/name
            {"name":"x","colour":"red"}                                          | 400 | /template/collections/1/colour
            {"name":"x","fields":[{"name":"f","type":"date"}]}                   | 400 | /template/collections/1/fields/0/type
            {"name":"x","ttlField":"f"}                                          | 400 | /template/collections/1/ttlField
            {"name":"x","fields":[{"name":"f","type":"string"},{"name":"f","type":"string"}]} | 400 | /template/collections/1/fields/1/name
            {"name":"x","schema":{"type":"nothing"}}                             | 422 | /template/collections/1/schema/type
            """)
    void refusesWhatNoTenantCouldDeclare(String collection, int status, String pointer) {
        var refused = api.post("/plans", body("p" + freeSlug(), 20, 5, "[]", NOTES, collection));
        assertThat(refused.status()).as(refused.toString()).isEqualTo(status);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo(pointer);
    }

    @Test
    void refusesMoreCollectionsThanItsLimit() {
        var refused = api.post("/plans", body("p" + freeSlug(), 1, 5, "[]", NOTES, TALKS));
        assertThat(refused.text("/errors/0/pointer")).as(refused.toString()).isEqualTo("/template/collections");
    }

    @Test
    void tellsWhatAMoveWouldChangeAndThenDoesIt() {
        var small = plan(3, 1, "[\"analytics.read\"]", NOTES);
        var large = plan(20, 50, "[\"billing.read\"]", NOTES, TALKS);
        var slug = tenant(small);
        var before = api.get("/tenants/" + slug).response().body();

        var told = move(slug, large, ",\"dryRun\":true");

        assertThat(told.status()).as(told.toString()).isEqualTo(200);
        assertThat(told.json().at("/plan").toString())
                .isEqualTo("{\"before\":\"" + small + "\",\"after\":\"" + large + "\"}");
        assertThat(told.json().at("/limits/before/origins").asInt()).isEqualTo(1);
        assertThat(told.json().at("/limits/after/origins").asInt()).isEqualTo(50);
        assertThat(told.json().at("/permissions").toString())
                .isEqualTo("{\"gained\":[\"billing.read\"],\"lost\":[\"analytics.read\"]}");
        assertThat(told.json().at("/collections").toString()).isEqualTo("[\"talks\"]");
        assertThat(told.json().at("/over")).isEmpty();
        assertThat(api.get("/tenants/" + slug).response().body()).isEqualTo(before);
        assertThat(collections(slug)).containsExactly("notes");

        var done = move(slug, large, ",\"reason\":\"upgrade\"");

        assertThat(done.response().body())
                .isEqualTo(told.response().body().replace("\"dryRun\":true", "\"dryRun\":false"));
        assertThat(api.get("/tenants/" + slug).text("/plan")).isEqualTo(large);
        assertThat(api.get("/tenants/" + slug).header("ETag")).isEqualTo(done.header("ETag"));
        assertThat(collections(slug)).containsExactly("notes", "talks");
    }

    @Test
    void tellsWhatIsBeyondTheNewLimitsAndKeepsIt() {
        var slug = tenant(plan(20, 5, "[]"), "\"allowedOrigins\":[\"https://a.example\",\"https://b.example\"]");
        var small = plan(20, 1, "[]");

        for (var rest : List.of(",\"dryRun\":true", "")) {
            assertThat(move(slug, small, rest).json().at("/over").toString())
                    .isEqualTo("[{\"limit\":\"origins\",\"value\":1,\"used\":2}]");
        }
        assertThat(api.get("/tenants/" + slug).json().at("/allowedOrigins")).hasSize(2);
    }

    @Test
    void refusesTheSameInADryRunAsInEarnest() {
        var crowded = tenant(plan(20, 5, "[]", TALKS));
        api.put("/tenants/" + crowded + "/collections/own", "{}");
        var narrow = plan(2, 5, "[]", NOTES);
        var one = plan(20, 5, "[]");
        var limited = Api.with(
                context,
                TestKeys.limited(
                        context,
                        Actor.Kind.OPERATOR,
                        new Reach(
                                Set.of(),
                                Map.of(),
                                Set.of(api.get("/tenants/" + crowded).text("/plan")),
                                Set.of())));
        for (var rest : List.of(",\"dryRun\":true", "")) {
            assertThat(move(crowded, narrow, rest).text("/code")).isEqualTo("quota_exceeded");
            assertThat(move(crowded, "nothing", rest).text("/code")).isEqualTo("plan_unknown");
            assertThat(move(crowded, "?", rest).status()).isEqualTo(400);
            assertThat(move(freeSlug(), one, rest).text("/code")).isEqualTo("unknown_tenant");
            assertThat(limited.post("/tenants/" + crowded + "/plan", "{\"plan\":\"" + one + "\"" + rest + "}")
                            .text("/code"))
                    .isEqualTo("out_of_reach");
            assertThat(api.post(
                                    "/tenants/" + crowded + "/plan",
                                    "{\"plan\":\"" + one + "\"" + rest + "}",
                                    "If-Match",
                                    "\"99\"")
                            .status())
                    .isEqualTo(412);
        }
        assertThat(collections(crowded)).containsExactly("own", "talks");
        assertThat(api.post("/tenants/" + crowded + "/plan", "{}").text("/errors/0/pointer"))
                .isEqualTo("/plan");
    }

    @Test
    void bringsATenantToTheTemplateOfThePlanItHas() {
        var plan = plan(20, 5, "[]");
        var slug = tenant(plan);
        api.patch("/plans/" + plan, "{\"template\":{\"collections\":[" + NOTES + "]}}", "If-Match", "*");
        assertThat(collections(slug)).isEmpty();
        var version = api.get("/tenants/" + slug).header("ETag");

        assertThat(move(slug, plan, "").json().at("/collections").toString()).isEqualTo("[\"notes\"]");

        assertThat(collections(slug)).containsExactly("notes");
        assertThat(api.get("/tenants/" + slug).header("ETag")).isEqualTo(version);
    }

    private Api.Answer move(String slug, String plan, String rest) {
        return api.post("/tenants/" + slug + "/plan", "{\"plan\":\"" + plan + "\"" + rest + "}");
    }

    private Stream<String> collections(String slug) {
        return api.get("/tenants/" + slug + "/collections")
                .json()
                .at("/items")
                .valueStream()
                .map(item -> item.at("/name").asString());
    }

    private UUID id(String slug) {
        return UUID.fromString(api.get("/tenants/" + slug).text("/id"));
    }

    private String plan(int collections, int origins, String permissions, String... template) {
        var id = "p" + freeSlug();
        var made = api.post("/plans", body(id, collections, origins, permissions, template));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return id;
    }

    private static String body(String id, int collections, int origins, String permissions, String... template) {
        return """
                {"id":"%s","name":"Gold","permissions":%s,"limits":{"resolvesPerSecond":200,"introspectionsPerSecond":400,\
                "verificationsPerSecond":100,"sessionStartsPerMinute":30,"sessions":100,"origins":%d,"sessionIdle":"PT30M",\
                "sessionLifetime":"PT24H","collections":%d,"documents":100000,"documentBytes":1000000000},\
                "template":{"collections":[%s]}}""".formatted(id, permissions, origins, collections, String.join(",", template));
    }

    private String tenant(String plan, String... members) {
        var slug = freeSlug();
        var made = api.post(
                "/tenants",
                "{\"tenantId\":\"%s\",\"business\":{\"name\":\"Acme\"},\"plan\":\"%s\"%s}"
                        .formatted(slug, plan, members.length == 0 ? "" : "," + String.join(",", members)),
                "Prefer",
                "wait=30");
        assertThat(made.text("/status")).as(made.toString()).isEqualTo("ACTIVE");
        return slug;
    }
}
